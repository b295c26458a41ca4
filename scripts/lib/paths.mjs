import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Folder outside the checkout for what is slow to make. */
export function cacheRoot() {
  const { AIRLOCK_CACHE, XDG_CACHE_HOME } = process.env;
  if (AIRLOCK_CACHE) return path.resolve(AIRLOCK_CACHE);
  return path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'airlock');
}

/** @param {...string} parts path below the checkout's root */
export function fromRoot(...parts) {
  return path.join(ROOT, ...parts);
}
