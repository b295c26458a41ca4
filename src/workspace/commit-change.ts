import { constants } from 'node:fs';
import { link, open, rename, symlink, unlink } from 'node:fs/promises';
import { chooseMode } from './apply-mode.js';
import { type FileState, stateKey } from './changes.js';
import { codeOf } from './fs-errors.js';
import type { HeldDir } from './held-dir.js';
import { type LiveEntry, readEntry, readOpenFile, toFileState } from './live-workspace.js';
import { adoptParentOwner, removeTemp, writeTempFile, writeTempLink } from './write-temp.js';

export interface Commit {
  readonly dir: HeldDir;
  readonly name: string;
  /** What was found, and must still be there at the last moment. */
  readonly live: LiveEntry;
  readonly after: FileState;
  /** For a file: the approved bytes. */
  readonly bytes: Uint8Array | undefined;
}

/** Makes the change in its held directory. Returns what is there instead when it is not `live` any more. */
export async function commitChange(commit: Commit): Promise<LiveEntry | undefined> {
  const { dir, after, live, bytes } = commit;
  const met = await commitKind(commit, after, live, bytes);
  if (met === undefined) await dir.sync();
  return met;
}

function commitKind(commit: Commit, after: FileState, live: LiveEntry, bytes: Uint8Array | undefined) {
  if (after.kind === 'absent') return remove(commit);
  if (after.kind === 'symlink' && live.kind === 'absent') return linkNew(commit, after.target);
  if (after.kind === 'symlink')
    return replace(commit, () => writeTempLink(commit.dir, commit.name, after.target));
  if (live.kind === 'file' && live.sha256 === after.sha256) return changeMode(commit, after.mode);
  if (bytes === undefined) throw new Error('no bytes were given for the file');
  return replace(commit, () => writeTempFile(commit.dir, commit.name, bytes, after.mode, live));
}

async function remove({ dir, name, live }: Commit): Promise<LiveEntry | undefined> {
  const now = await readEntry(dir, name);
  if (!isSame(now, live)) return now;
  await unlink(dir.at(name));
  return undefined;
}

/** On its own name at once, which fails where something was created in the last instant. */
async function linkNew({ dir, name }: Commit, target: string): Promise<LiveEntry | undefined> {
  try {
    await symlink(target, dir.at(name));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return readEntry(dir, name);
    throw error;
  }
  await adoptParentOwner(dir.at(name), dir);
  return undefined;
}

async function replace(commit: Commit, write: () => Promise<string>): Promise<LiveEntry | undefined> {
  const { dir, name, live, after } = commit;
  const temp = await write();
  let placed = false;
  try {
    if (after.kind === 'symlink') await adoptParentOwner(dir.at(temp), dir);
    const now = await readEntry(dir, name);
    if (!isSame(now, live)) return now;
    placed = live.kind === 'absent' ? await placeNew(dir, temp, name) : await placeOver(dir, temp, name);
    return placed ? undefined : await readEntry(dir, name);
  } finally {
    if (!placed) await removeTemp(dir, temp);
  }
}

/** A hard link fails where a rename would overwrite what was created in the last instant. */
async function placeNew(dir: HeldDir, temp: string, name: string): Promise<boolean> {
  try {
    await link(dir.at(temp), dir.at(name));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    // File systems without hard links.
    if (
      code === 'EPERM' ||
      code === 'ENOTSUP' ||
      code === 'EOPNOTSUPP' ||
      code === 'ENOSYS' ||
      code === 'EMLINK'
    ) {
      return placeOver(dir, temp, name);
    }
    throw error;
  }
  await unlink(dir.at(temp));
  return true;
}

async function placeOver(dir: HeldDir, temp: string, name: string): Promise<boolean> {
  await rename(dir.at(temp), dir.at(name));
  return true;
}

/** In place, so that the file stays the same one; on the handle whose bytes were checked. */
async function changeMode({ dir, name, live }: Commit, approvedMode: number): Promise<LiveEntry | undefined> {
  const handle = await open(dir.at(name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const now = await readOpenFile(handle);
    if (now.kind !== 'file' || !isSame(now, live)) return now;
    await handle.chmod(chooseMode(now.mode, approvedMode));
    await handle.sync();
    return undefined;
  } finally {
    await handle.close();
  }
}

function isSame(now: LiveEntry, live: LiveEntry): boolean {
  const a = toFileState(now);
  const b = toFileState(live);
  return a !== undefined && b !== undefined && now.kind === live.kind && stateKey(a) === stateKey(b);
}
