import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  futimesSync,
  lutimesSync,
  mkdirSync,
  openSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import { isCanonicalPath } from '../../../base/workspace-path.js';
import { writeFully } from '../files/write-text.js';

interface Entry extends AsyncIterable<unknown> {
  readonly header: Header;
  resume(): unknown;
}

const MAX_ENTRIES = 5_000_000;
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
/** Set-id and sticky bits have no business in a workspace. */
const PERMISSIONS = 0o777;

interface MadeDirectory {
  readonly mode: number;
  readonly mtime: Date | undefined;
}

/**
 * Unpacks files, directories and symlinks into an empty directory; returns their number. A parent must
 * be a directory that this import made, so that nothing is written through a link. Rejects on anything else.
 */
export async function unpackTar(root: string, source: Readable): Promise<number> {
  const made = new Map<string, MadeDirectory>();
  const archive = extract();
  source.once('error', (error) => archive.destroy(error));
  source.once('aborted', () => archive.destroy(new Error('the stream was cut off')));
  source.pipe(archive);
  let count = 0;
  for await (const entry of archive) {
    count += 1;
    if (count > MAX_ENTRIES) throw new Error(`more than ${MAX_ENTRIES} entries`);
    await unpackEntry(root, entry, made);
  }
  finishDirectories(root, made);
  return count;
}

async function unpackEntry(root: string, entry: Entry, made: Map<string, MadeDirectory>): Promise<void> {
  const { type, name, mode, mtime, linkname } = entry.header;
  const path = name.replace(/\/$/, '');
  if (!isCanonicalPath(path)) throw new Error(`not a canonical path: ${JSON.stringify(name).slice(0, 300)}`);
  makeParents(root, dirname(path), made);
  const target = join(root, path);
  if (type === 'directory') {
    if (!made.has(path)) mkdirSync(target, 0o700);
    made.set(path, { mode, mtime });
  } else if (type === 'symlink') {
    symlinkSync(linkname, target);
    lutimesSync(target, mtime, mtime);
  } else if (type === 'file') {
    await writeFile(target, entry, mode, mtime);
    return;
  } else {
    throw new Error(`entries of type ${type} are not taken`);
  }
  entry.resume();
}

async function writeFile(target: string, entry: Entry, mode: number, mtime: Date): Promise<void> {
  const fd = openSync(target, CREATE, 0o600);
  try {
    for await (const chunk of entry) if (chunk instanceof Uint8Array) writeFully(fd, chunk);
    fchmodSync(fd, mode & PERMISSIONS);
    futimesSync(fd, mtime, mtime);
  } finally {
    closeSync(fd);
  }
}

function makeParents(root: string, dir: string, made: Map<string, MadeDirectory>): void {
  if (dir === '.' || made.has(dir)) return;
  makeParents(root, dirname(dir), made);
  mkdirSync(join(root, dir), 0o700);
  made.set(dir, { mode: 0o755, mtime: undefined });
}

/** Modes and times last, deepest first: until then the directories must stay writable and change. */
function finishDirectories(root: string, made: ReadonlyMap<string, MadeDirectory>): void {
  for (const [path, { mode, mtime }] of [...made].reverse()) {
    chmodSync(join(root, path), mode & PERMISSIONS);
    if (mtime !== undefined) utimesSync(join(root, path), mtime, mtime);
  }
}
