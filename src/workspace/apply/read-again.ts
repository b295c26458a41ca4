import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { FileState } from '../changes.js';
import type { HeldDir } from '../held-dir.js';
import { type LiveEntry, readEntry, readOpenFile } from '../live-workspace.js';

/**
 * As `readEntry`, for a name that was looked at before. What was a file is opened at once: should it be something else
 * by now, it is looked at like any other name.
 */
export async function readAgain(dir: HeldDir, name: string, known: FileState): Promise<LiveEntry> {
  if (known.kind !== 'file') return readEntry(dir, name);
  let handle: FileHandle;
  try {
    handle = await open(dir.at(name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    // A link, a socket, nothing, or a file that cannot be opened: the look says which.
    return readEntry(dir, name);
  }
  try {
    const entry = await readOpenFile(handle);
    return entry.kind === 'file' ? entry : await readEntry(dir, name);
  } finally {
    await handle.close();
  }
}
