import { ensureBaseImage } from './base-image.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureCodeServer } from './code-server.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureEngine } from './engine.mjs';
import { ensureNode24 } from './node24.mjs';
import { ensureTools } from './tools.mjs';

/** @typedef {'tools' | 'engine' | 'editor' | 'browser'} Need */

/** The packages and Node 24, without which nothing runs, and the programs of the system that tests use. @param {readonly Need[]} needs @param {import('../lib/log.mjs').Log} log */
export async function ensureBasics(needs, log) {
  await log.step('dependencies', () => ensureDependencies(log));
  const node24 = await log.step('Node 24', () => ensureNode24(log));
  if (needs.includes('tools')) await log.step('tools', () => ensureTools(log));
  return { node24 };
}

/** The rest of what is asked for, one after the other, and what was made. @param {readonly Need[]} needs @param {string} node24 @param {import('../lib/log.mjs').Log} log */
export async function ensureRealParts(needs, node24, log) {
  const engine = needs.includes('engine')
    ? await log.step('container engine', () => ensureEngine(log))
    : undefined;
  if (engine) await log.step('base image', () => ensureBaseImage(engine, log));
  const codeServer = needs.includes('editor')
    ? await log.step('editor', () => ensureCodeServer(node24, log))
    : undefined;
  const chromium = needs.includes('browser')
    ? await log.step('browser', () => ensureChromium(log))
    : undefined;
  return { engine, codeServer, chromium };
}

/**
 * Sets up what is asked for and returns what was made. Packages and Node 24 always.
 * @param {readonly Need[]} needs
 * @param {import('../lib/log.mjs').Log} log
 */
export async function ensureAll(needs, log) {
  const { node24 } = await ensureBasics(needs, log);
  return { node24, ...(await ensureRealParts(needs, node24, log)) };
}
