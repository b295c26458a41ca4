import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fromRoot } from '../lib/paths.mjs';

const FILE = fromRoot('image', 'base.Dockerfile');

/**
 * @typedef {{
 *   key: string, from: string, nodeVersion: string, npmVersion: string, suite: string,
 *   packages: string[], finish: string, config: string[],
 * }} BaseRecipe
 */

/** The base image's tag: a function of the bytes of image/base.Dockerfile and nothing else. */
export function baseImageTag() {
  return `airlock-base:${keyOf(readFileSync(FILE))}`;
}

/** image/base.Dockerfile, read for making the same image without a registry. @returns {Promise<BaseRecipe>} */
export async function baseRecipe() {
  const bytes = await readFile(FILE);
  const lines = instructions(bytes.toString('utf8'));
  const argument = (/** @type {string} */ name) => afterPrefix(lines, `ARG ${name}=`).replace(/^"|"$/g, '');
  return {
    key: keyOf(bytes),
    from: afterPrefix(lines, 'FROM '),
    nodeVersion: argument('NODE_VERSION'),
    npmVersion: argument('NPM_VERSION'),
    suite: argument('DEBIAN_SUITE'),
    packages: argument('PACKAGES').split(' '),
    finish: afterPrefix([...lines].reverse(), 'RUN '),
    config: lines.filter((line) => /^(ENV|ENTRYPOINT|CMD) /.test(line)),
  };
}

/** Dockerfile instructions, comments dropped and continued lines joined. @param {string} text */
function instructions(text) {
  const kept = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  return kept
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '');
}

/** @param {string[]} lines @param {string} prefix */
function afterPrefix(lines, prefix) {
  const line = lines.find((candidate) => candidate.startsWith(prefix));
  if (line === undefined) throw new Error(`image/base.Dockerfile has no line that starts with "${prefix}"`);
  return line.slice(prefix.length).trim();
}

/** @param {Buffer} bytes */
function keyOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}
