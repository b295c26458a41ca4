// npm run demo: Airlock in a real editor on a sample project, with a scripted model. With --headless, without an editor.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { demoInEditor } from './lib/demo-editor.mjs';
import { demoHeadless } from './lib/demo-headless.mjs';
import { createLog, formatSeconds } from './lib/log.mjs';
import { startModelServer } from './lib/model-server.mjs';
import { fromRoot } from './lib/paths.mjs';
import { createSampleProject } from './lib/sample-project.mjs';
import { exitOnSignals } from './lib/signals.mjs';
import { build, buildModelServer, packageVsix } from './lib/vsix.mjs';
import { ensureAll } from './setup/all.mjs';

/**
 * @typedef {{
 *   dir: string, project: string, model: {url: string, key?: string, name: string},
 *   engine: import('./setup/engine-api.mjs').Endpoint, log: import('./lib/log.mjs').Log,
 * }} Stage what a demo plays with; everything in `dir` goes away afterwards
 */

exitOnSignals();
const { headless } = parseArgs({ options: { headless: { type: 'boolean', default: false } } }).values;
const log = createLog();
const problems = await main().catch((error) => [error instanceof Error ? error.message : String(error)]);
for (const { name, ms } of log.steps) console.log(`${formatSeconds(ms).padStart(9)}  ${name}`);
for (const problem of problems) console.error(`failed: ${problem}`);
if (problems.length === 0 && headless) console.log('The approved bytes, and only those, are in the project.');
process.exit(problems.length === 0 ? 0 : 1);

/** @returns {Promise<string[]>} */
async function main() {
  const made = await ensureAll(headless ? ['engine'] : ['engine', 'editor'], log);
  if (!made.engine) throw new Error('no engine');
  await log.step('build', async () => {
    await build({ tests: false });
    await buildModelServer();
  });
  const vsix = headless ? undefined : await log.step('package', () => packageVsix(made.node24, log));
  const dir = await mkdtemp(path.join(os.tmpdir(), 'airlock-demo-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const project = path.join(dir, 'sample-project');
  await createSampleProject(project);
  // In the editor nobody should have to type a key, and a model on this machine needs none.
  const key = headless ? `demo-${randomBytes(8).toString('hex')}` : undefined;
  const server = await startModelServer({
    script: fromRoot('test', 'fixtures', 'scripts', 'demo.json'),
    key,
  });
  /** @type {Stage} */
  const stage = {
    dir,
    project,
    model: { url: server.url, ...(key && { key }), name: 'scripted' },
    engine: made.engine,
    log,
  };
  try {
    if (!vsix || !made.codeServer) return await log.step('airlock run', () => demoHeadless(stage));
    await demoInEditor(stage, made.codeServer, vsix);
    return [];
  } finally {
    server.stop();
  }
}
