import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspacePath } from '../../base/workspace-path.js';
import { codeOf, isMissing } from '../fs-errors.js';

export interface WalkEntry {
  readonly path: WorkspacePath;
  readonly kind: 'directory' | 'file' | 'symlink' | 'special' | 'unreadable' | 'bad-name';
}

/** Every entry below `root`, a directory before what is in it. Links are entries, never followed. */
export async function* walkTree(root: string, signal: AbortSignal): AsyncGenerator<WalkEntry> {
  const pending: WorkspacePath[] = [''];
  for (let dir = pending.pop(); dir !== undefined; dir = pending.pop()) {
    signal.throwIfAborted();
    const names = await listNames(join(root, dir));
    if (names === undefined) {
      yield { path: dir, kind: 'unreadable' };
      continue;
    }
    for (const entry of names) {
      const path = dir === '' ? entry.name : `${dir}/${entry.name}`;
      // Node decodes a name that is not UTF-8 with replacement characters: it cannot be opened again.
      if (entry.name.includes('\ufffd')) yield { path, kind: 'bad-name' };
      else if (entry.isSymbolicLink()) yield { path, kind: 'symlink' };
      else if (entry.isFile()) yield { path, kind: 'file' };
      else if (entry.isDirectory()) {
        pending.push(path);
        yield { path, kind: 'directory' };
      } else yield { path, kind: 'special' };
    }
  }
}

async function listNames(location: string) {
  try {
    return await readdir(location, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    if (codeOf(error) === 'EACCES') return undefined;
    throw error;
  }
}
