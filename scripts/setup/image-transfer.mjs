import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fromRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { request } from './engine-api.mjs';

const KEY_LABEL = 'dev.airlock.base-key';
const FIRST_WORD_MS = 20_000;
const SILENT_STEP_MS = 5 * 60_000;

/** @typedef {import('./engine-api.mjs').Endpoint} Endpoint */
/** @typedef {import('./base-recipe.mjs').BaseRecipe} BaseRecipe */

/** Pulls an image by digest. A registry that says nothing for 20 s counts as unreachable. @param {Endpoint} engine @param {string} reference */
export async function pullImage(engine, reference) {
  await stream(engine, `/images/create?fromImage=${encodeURIComponent(reference)}`, {
    idleMs: FIRST_WORD_MS,
  });
}

/** Builds image/base.Dockerfile, the only file of its context. @param {Endpoint} engine @param {BaseRecipe} recipe @param {string} tag */
export async function buildImage(engine, recipe, tag) {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'airlock-base-'));
  try {
    const context = path.join(dir, 'context.tar');
    await run('tar', ['-cf', context, '-C', fromRoot('image'), 'base.Dockerfile']);
    const query = new URLSearchParams({
      t: tag,
      dockerfile: 'base.Dockerfile',
      labels: JSON.stringify({ [KEY_LABEL]: recipe.key }),
      forcerm: 'true',
    });
    await stream(engine, `/build?${query}`, { body: createReadStream(context), idleMs: SILENT_STEP_MS });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Makes an image of one layer from a root file system. @param {Endpoint} engine @param {BaseRecipe} recipe @param {string} tag @param {NodeJS.ReadableStream} tar */
export async function importImage(engine, recipe, tag, tar) {
  const [repo = tag, name = 'latest'] = tag.split(':');
  const query = new URLSearchParams({ fromSrc: '-', repo, tag: name });
  for (const change of [...recipe.config, `LABEL ${KEY_LABEL}=${recipe.key}`])
    query.append('changes', change);
  await stream(engine, `/images/create?${query}`, { body: tar, idleMs: SILENT_STEP_MS });
}

/**
 * A request whose answer is a stream of JSON progress lines, one of which may be an error.
 * @param {Endpoint} engine
 * @param {string} pathAndQuery
 * @param {{body?: NodeJS.ReadableStream, idleMs: number}} options
 */
async function stream(engine, pathAndQuery, options) {
  /** @type {string | undefined} */
  let failure;
  const onLine = (/** @type {string} */ line) => {
    const error = /"error":\s*"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
    if (error !== undefined) failure = JSON.parse(`"${error}"`);
  };
  const answer = await request(engine, 'POST', pathAndQuery, {
    ...options,
    type: 'application/x-tar',
    onLine,
  });
  if (answer.status >= 400) throw new Error(answer.body.trim().slice(0, 500));
  if (failure !== undefined) throw new Error(failure);
}
