import { createHash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, readlink } from 'node:fs/promises';
import type { WorkspacePath } from '../base/workspace-path.js';
import { type FileState, isFile } from './changes.js';
import { codeOf, isMissing } from './fs-errors.js';
import { type HeldDir, openParent } from './held-dir.js';

/** Bytes of one file that are held in memory, diffed and applied. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Times that a path which is swapped between two looks is looked at again. */
const MAX_LOOKS = 16;

interface LiveMeta {
  readonly ctimeNs: bigint;
  readonly uid: number;
  readonly gid: number;
}

/** What is at a path of the real workspace now. `bytes` is missing above `MAX_FILE_BYTES`. */
export type LiveEntry =
  | { readonly kind: 'absent' }
  /** A parent is a link or a file: nothing of the workspace can be at this path. */
  | { readonly kind: 'blocked'; readonly at: WorkspacePath; readonly by: 'link' | 'file' }
  | { readonly kind: 'directory' }
  | { readonly kind: 'special' }
  | ({ readonly kind: 'symlink'; readonly target: string } & LiveMeta)
  | ({
      readonly kind: 'file';
      readonly sha256: string;
      readonly size: number;
      readonly mode: number;
      readonly bytes?: Uint8Array;
    } & LiveMeta);

export type LiveKind = Exclude<LiveEntry['kind'], 'blocked'>;

/** Reads the real workspace without following a link, not even one swapped in while it looks. */
export class LiveWorkspace {
  constructor(readonly root: string) {}

  /** The entry with its content hashed. */
  async read(path: WorkspacePath): Promise<LiveEntry> {
    const parent = await openParent(this.root, path);
    if (parent.kind === 'missing') return { kind: 'absent' };
    if (parent.kind === 'blocked') return parent;
    try {
      return await readEntry(parent.dir, parent.name);
    } finally {
      await parent.dir.close();
    }
  }

  /** What is there, without reading it; `blocked` counts as absent. `identity` is another one after every edit. */
  async inspect(path: WorkspacePath): Promise<{ kind: LiveKind; ctimeNs: bigint; identity: string }> {
    const absent = { kind: 'absent', ctimeNs: 0n, identity: 'absent' } as const;
    const parent = await openParent(this.root, path);
    if (parent.kind !== 'open') return absent;
    try {
      const stats = await lstat(parent.dir.at(parent.name), { bigint: true });
      if (!(await parent.dir.hasSpelling(parent.name))) return absent;
      const { ctimeNs, mtimeNs, ino, dev, size, mode } = stats;
      const identity = [dev, ino, mode, size, mtimeNs, ctimeNs].join(':');
      return { kind: kindOf(stats), ctimeNs, identity };
    } catch (error) {
      if (isMissing(error)) return absent;
      throw error;
    } finally {
      await parent.dir.close();
    }
  }

  /** Names in a directory with what they are; empty when it is none. */
  async list(path: WorkspacePath): Promise<Array<{ name: string; directory: boolean }>> {
    // `.` makes the directory itself the held parent.
    const parent = await openParent(this.root, `${path}/.`);
    if (parent.kind !== 'open') return [];
    try {
      const entries = await readdir(parent.dir.self, { withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, directory: entry.isDirectory() }));
    } finally {
      await parent.dir.close();
    }
  }

  /**
   * What is at a path that the sandbox has as a directory; for a directory up to `limit` children, none of them
   * `isKnown`, whose last change is not after `untilNs`.
   */
  async survey(
    path: WorkspacePath,
    isKnown: (child: WorkspacePath) => boolean,
    untilNs: bigint,
    limit: number,
  ): Promise<{ kind: 'absent' | 'directory' | 'other'; old: WorkspacePath[] }> {
    const parent = await openParent(this.root, `${path}/.`);
    if (parent.kind === 'missing') return { kind: 'absent', old: [] };
    // An ancestor in the way is surveyed itself.
    if (parent.kind === 'blocked') return { kind: parent.at === path ? 'other' : 'absent', old: [] };
    try {
      const old: WorkspacePath[] = [];
      for (const name of await readdir(parent.dir.self)) {
        if (old.length >= limit) break;
        if (isKnown(`${path}/${name}`)) continue;
        const stats = await lstat(parent.dir.at(name), { bigint: true }).catch(() => undefined); // Gone since.
        if (stats !== undefined && stats.ctimeNs <= untilNs) old.push(`${path}/${name}`);
      }
      return { kind: 'directory', old };
    } finally {
      await parent.dir.close();
    }
  }

  /** The leaves of a directory: files, links and empty directories, maybe itself. `undefined` for more than `limit`. */
  async listBelow(
    path: WorkspacePath,
    limit: number,
    signal?: AbortSignal,
  ): Promise<WorkspacePath[] | undefined> {
    const found: WorkspacePath[] = [];
    const pending = [path];
    for (let dir = pending.pop(); dir !== undefined; dir = pending.pop()) {
      signal?.throwIfAborted();
      const entries = await this.list(dir);
      if (entries.length === 0) found.push(dir);
      for (const { name, directory } of entries) {
        if (directory) pending.push(`${dir}/${name}`);
        else found.push(`${dir}/${name}`);
      }
      if (found.length > limit || pending.length > limit) return undefined;
    }
    return found;
  }
}

/** The state as a review knows it, of a directory whether or not it is empty; `undefined` for a special file. */
export function toFileState(entry: LiveEntry): FileState | undefined {
  switch (entry.kind) {
    case 'absent':
    case 'blocked':
      return { kind: 'absent' };
    case 'file':
      return { kind: 'file', sha256: entry.sha256, size: entry.size, mode: entry.mode };
    case 'symlink':
      return { kind: 'symlink', target: entry.target };
    case 'directory':
      return { kind: 'directory' };
    case 'special':
      return undefined;
  }
}

/** What a change to `after` is made from. A folder in the way of a file is no side of a change, only what is in it. */
export function stateBefore(entry: LiveEntry, after: FileState): FileState {
  const state = toFileState(entry) ?? { kind: 'absent' };
  return state.kind === 'directory' && isFile(after) ? { kind: 'absent' } : state;
}

/** Reads one name of a held directory. */
export async function readEntry(dir: HeldDir, name: string, looks = MAX_LOOKS): Promise<LiveEntry> {
  const location = dir.at(name);
  try {
    const stats = await lstat(location, { bigint: true });
    const kind = kindOf(stats);
    if (!(await dir.hasSpelling(name))) return { kind: 'absent' };
    if (kind === 'symlink') return { kind, target: await readlink(location), ...metaOf(stats) };
    if (kind !== 'file') return { kind };
    // O_NONBLOCK: a FIFO swapped in must not hang the open.
    const handle = await open(location, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return await readOpenFile(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const swapped = codeOf(error) === 'ELOOP' || codeOf(error) === 'EINVAL';
    if (swapped && looks > 0) return readEntry(dir, name, looks - 1);
    if (isMissing(error)) return { kind: 'absent' };
    throw error;
  }
}

/** Reads an open handle; `special` when it is no regular file. */
export async function readOpenFile(handle: FileHandle): Promise<LiveEntry> {
  const stats = await handle.stat({ bigint: true });
  if (!stats.isFile()) return { kind: 'special' };
  const mode = Number(stats.mode & 0o777n);
  if (stats.size <= BigInt(MAX_FILE_BYTES)) {
    const bytes = await readBounded(handle, Number(stats.size));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { kind: 'file', sha256, size: bytes.length, mode, bytes, ...metaOf(stats) };
  }
  const hash = createHash('sha256');
  for await (const chunk of handle.createReadStream({ autoClose: false })) hash.update(chunk);
  return { kind: 'file', sha256: hash.digest('hex'), size: Number(stats.size), mode, ...metaOf(stats) };
}

/** Reads up to `size` bytes: a file that grows meanwhile cannot fill the memory. */
async function readBounded(handle: FileHandle, size: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(buffer, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function kindOf(stats: BigIntStats): LiveKind {
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isDirectory()) return 'directory';
  return stats.isFile() ? 'file' : 'special';
}

function metaOf(stats: BigIntStats): LiveMeta {
  return { ctimeNs: stats.ctimeNs, uid: Number(stats.uid), gid: Number(stats.gid) };
}
