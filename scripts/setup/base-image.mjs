import { createReadStream } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { baseImageTag, baseRecipe } from './base-recipe.mjs';
import { canInstallPackages } from './debian.mjs';
import { request } from './engine-api.mjs';
import { buildImage, importImage, pullImage } from './image-transfer.mjs';
import { makeRootfs } from './rootfs.mjs';

export { baseImageTag } from './base-recipe.mjs';

/**
 * Makes the base image unless the engine has it, and returns its tag.
 * @param {import('./engine-api.mjs').Endpoint} engine
 * @param {import('../lib/log.mjs').Log} log
 */
export async function ensureBaseImage(engine, log) {
  const tag = baseImageTag();
  if (await hasImage(engine, tag)) return tag;
  const recipe = await baseRecipe();
  const pulled = await fromRegistry(engine, recipe, tag, log);
  if (pulled !== undefined) await fromPackages(engine, recipe, tag, pulled, log);
  if (!(await hasImage(engine, tag))) throw new Error(`The engine says it made ${tag} and does not have it.`);
  return tag;
}

/**
 * @param {import('./engine-api.mjs').Endpoint} engine
 * @param {import('./base-recipe.mjs').BaseRecipe} recipe
 * @param {string} tag
 * @param {import('../lib/log.mjs').Log} log
 * @returns {Promise<string | undefined>} why it could not be done
 */
async function fromRegistry(engine, recipe, tag, log) {
  try {
    log.info(`pulling ${recipe.from}`);
    await pullImage(engine, recipe.from);
    log.info('building image/base.Dockerfile');
    await buildImage(engine, recipe, tag);
    return undefined;
  } catch (error) {
    const reason = /** @type {Error} */ (error).message;
    log.info(`no image from a registry (${reason.split('\n')[0]})`);
    return reason;
  }
}

/**
 * @param {import('./engine-api.mjs').Endpoint} engine
 * @param {import('./base-recipe.mjs').BaseRecipe} recipe
 * @param {string} tag
 * @param {string} pullFailure
 * @param {import('../lib/log.mjs').Log} log
 */
async function fromPackages(engine, recipe, tag, pullFailure, log) {
  if (!canInstallPackages()) {
    throw new Error(
      `The sandbox's base image could not be pulled or built (${pullFailure}), and making it from packages ` +
        'needs root on Debian or Ubuntu. Give this machine access to a registry and try again.',
    );
  }
  const dir = await makeRootfs(recipe, log);
  log.info('importing the root file system');
  await importImage(engine, recipe, tag, createReadStream(path.join(dir, 'rootfs.tar.gz')));
}

/** @param {import('./engine-api.mjs').Endpoint} engine @param {string} tag */
async function hasImage(engine, tag) {
  for (let attempt = 0; ; attempt++) {
    try {
      const { status } = await request(engine, 'GET', `/images/${tag}/json`, { idleMs: 15_000 });
      return status === 200;
    } catch (error) {
      if (attempt === 2) throw error;
      await sleep(500);
    }
  }
}
