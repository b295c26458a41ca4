import { chmod, lstat, readdir, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, isMissing } from './fs-errors.js';

/**
 * Removes a tree that a sandbox wrote: directories without permission, whiteout devices, and the overlay's own
 * root-owned work directory. Call it only after the container is gone. What is gone already is success.
 */
export async function removeTree(location: string): Promise<void> {
  try {
    if ((await lstat(location)).isDirectory()) await removeDir(location);
    else await removeFile(location);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

async function removeDir(location: string): Promise<void> {
  // An empty directory of root's can be removed by the owner of its parent, though not be looked into.
  if (await tryRmdir(location)) return;
  for (const name of await listForced(location)) await removeTree(join(location, name));
  await withWritableParent(location, () => rmdir(location));
}

async function tryRmdir(location: string): Promise<boolean> {
  try {
    await rmdir(location);
    return true;
  } catch (error) {
    if (isMissing(error)) return true;
    return false; // Not empty or not allowed: the long way reports what remains wrong.
  }
}

async function listForced(location: string): Promise<string[]> {
  try {
    return await readdir(location);
  } catch (error) {
    if (!isDenied(error)) throw error;
    await chmod(location, 0o700);
    return readdir(location);
  }
}

async function removeFile(location: string): Promise<void> {
  await withWritableParent(location, () => unlink(location));
}

async function withWritableParent(location: string, remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!isDenied(error)) throw error;
    await chmod(dirname(location), 0o700);
    await remove();
  }
}

function isDenied(error: unknown): boolean {
  return codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM';
}
