import { constants } from 'node:fs';
import { chmod, lstat, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf, isMissing } from '../fs-errors.js';
import { HeldDir } from '../held-dir.js';

/** A directory this deep is moved up first: a tree without end must not take every descriptor. */
const MAX_DEPTH = 32;
/** Names a directory without the right to look into it. Not among Node's constants; Linux only. */
const O_PATH = 0o10000000;

interface Walk {
  readonly top: HeldDir;
  moved: number;
}

/**
 * Removes a tree that a sandbox wrote: directories without permission, names that are not UTF-8, whiteout devices,
 * and the overlay's own root-owned work directory. Nothing outside is reached, not even through a link that is
 * swapped in meanwhile (Linux). What is gone already is success.
 */
export async function removeTree(location: string): Promise<void> {
  try {
    const parent = await HeldDir.open(dirname(location));
    try {
      if ((await lstat(parent.at(basename(location)))).isDirectory()) await removeTop(parent, location);
      else await unlink(parent.at(basename(location)));
    } finally {
      await parent.close();
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

async function removeTop(parent: HeldDir, location: string): Promise<void> {
  const at = parent.at(basename(location));
  // An empty directory of root's can be removed by the owner of its parent, though not be looked into.
  if (await tryRmdir(at)) return;
  const top = await openForced(at);
  const walk: Walk = { top, moved: 0 };
  try {
    await top.unlock();
    let before: number;
    do {
      before = walk.moved;
      await empty(walk, top, 0);
    } while (walk.moved > before);
  } finally {
    await top.close();
  }
  await rmdir(at);
}

/** Removes everything in a held directory. */
async function empty(walk: Walk, dir: HeldDir, depth: number): Promise<void> {
  for (const name of await readdir(dir.self, { encoding: 'buffer' })) {
    try {
      await removeEntry(walk, locate(dir, name), depth);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
}

async function removeEntry(walk: Walk, at: Buffer, depth: number): Promise<void> {
  if (!(await lstat(at)).isDirectory()) return unlink(at);
  if (await tryRmdir(at)) return;
  const dir = await openForced(at);
  try {
    await dir.unlock();
    if (depth >= MAX_DEPTH) {
      walk.moved += 1;
      return await rename(at, join(walk.top.self, `.moved-up-${walk.moved}-${process.pid}`));
    }
    await empty(walk, dir, depth + 1);
  } finally {
    await dir.close();
  }
  await rmdir(at);
}

async function tryRmdir(at: string | Buffer): Promise<boolean> {
  try {
    await rmdir(at);
    return true;
  } catch (error) {
    if (isMissing(error)) return true;
    return false; // Not empty or not allowed: the long way reports what remains wrong.
  }
}

/** Opens a directory, also one that its owner may not look into. */
async function openForced(at: string | Buffer): Promise<HeldDir> {
  try {
    return await HeldDir.open(at);
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error;
  }
  if (process.platform !== 'linux') {
    await chmod(at, 0o700);
    return HeldDir.open(at);
  }
  const handle = await open(at, O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await chmod(`/proc/self/fd/${handle.fd}`, 0o700);
    return await HeldDir.open(`/proc/self/fd/${handle.fd}/.`);
  } finally {
    await handle.close();
  }
}

function locate(dir: HeldDir, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${dir.self}/`), name]);
}
