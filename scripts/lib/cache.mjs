import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { cacheRoot } from './paths.mjs';

const ABANDONED_AFTER_MS = 6 * 60 * 60 * 1000;

/**
 * Returns the folder of a cache entry, made by `build` when it is missing.
 * The entry appears in one rename, so an interrupted build leaves nothing that looks finished.
 * @param {string} name
 * @param {unknown} madeFrom everything the entry's content depends on
 * @param {(dir: string) => Promise<void>} build fills an empty folder
 */
export async function cached(name, madeFrom, build) {
  const root = cacheRoot();
  const entry = path.join(root, `${name}-${hashOf(JSON.stringify(madeFrom))}`);
  if (existsSync(entry)) return entry;
  await mkdir(root, { recursive: true });
  await removeAbandoned(root);
  const temp = path.join(root, `.tmp-${name}-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(temp);
  try {
    await build(temp);
    await rename(temp, entry);
  } catch (error) {
    await rm(temp, { recursive: true, force: true });
    // Another run may have finished the same entry first: theirs is as good as ours.
    if (!existsSync(entry)) throw error;
  }
  return entry;
}

/** First 12 hex digits of SHA-256. @param {string | Buffer} bytes */
export function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}

/** A killed run cannot clean up after itself, so the next one does. @param {string} root */
async function removeAbandoned(root) {
  for (const name of await readdir(root)) {
    if (!name.startsWith('.tmp-')) continue;
    const file = path.join(root, name);
    const age = Date.now() - (await stat(file)).mtimeMs;
    if (age > ABANDONED_AFTER_MS) await rm(file, { recursive: true, force: true });
  }
}
