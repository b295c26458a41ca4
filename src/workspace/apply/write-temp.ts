import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, lchown, open, stat, symlink, unlink } from 'node:fs/promises';
import { codeOf, isMissing } from '../fs-errors.js';
import type { HeldDir } from '../held-dir.js';
import type { LiveEntry } from '../live-workspace.js';
import { writeFully } from '../write-fully.js';
import { chooseMode } from './choose-mode.js';

const MAX_NAME_BYTES = 255;

/** What a temporary file is made like. */
export interface TempFile {
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** Whether `mode` is meant as it is, and not by its executable bit alone. */
  readonly exact: boolean;
  /** What it will replace: its owner and permissions are kept. */
  readonly replaced: LiveEntry;
}

/**
 * Makes a complete file under a name of its own, on the disk. It must not exist yet. Whose it is, and who may read it, is
 * settled before it has any bytes.
 */
export async function writeTempFile(dir: HeldDir, temp: string, file: TempFile): Promise<void> {
  const { replaced } = file;
  const wanted = file.exact
    ? file.mode & 0o777
    : replaced.kind === 'file'
      ? chooseMode(replaced.mode, file.mode)
      : undefined;
  const handle = await open(dir.at(temp), 'wx', wanted === undefined ? 0o666 : whileMade(wanted));
  try {
    const made = await handle.stat();
    await giveOwner(handle, made, dir, replaced);
    const mode = wanted ?? chooseMode(made.mode, file.mode);
    if ((made.mode & 0o7777) !== mode) await handle.chmod(mode);
    await writeFully(handle, file.bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Nothing for the group that the rest may not do either, since it may be another group for a moment. */
function whileMade(mode: number): number {
  return (mode & (0o707 | ((mode & 0o007) << 3))) | 0o600;
}

export async function writeTempLink(dir: HeldDir, temp: string, target: string): Promise<void> {
  await symlink(target, dir.at(temp));
  await adoptParentOwner(dir.at(temp), dir);
}

export async function removeTemp(dir: HeldDir, temp: string): Promise<void> {
  try {
    await unlink(dir.at(temp));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** A name that nobody else has, next to `name`. */
export function chooseTempName(name: string): string {
  const random = randomUUID();
  const suffix = `.airlock-${random.slice(0, 8)}${random.slice(-8)}`;
  const full = `.${name}${suffix}`;
  return Buffer.byteLength(full) > MAX_NAME_BYTES ? suffix : full;
}

/** As root, what is made in somebody's directory belongs to that somebody. */
async function adoptParentOwner(location: string, dir: HeldDir): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dir.self);
  await lchown(location, uid, gid);
}

async function giveOwner(handle: FileHandle, made: Stats, dir: HeldDir, replaced: LiveEntry): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (replaced.kind !== 'file' || process.getgid === undefined)) return;
  const owner = replaced.kind === 'file' ? replaced : await stat(dir.self);
  if (made.gid === owner.gid && (!isRoot || made.uid === owner.uid)) return;
  if (isRoot) return handle.chown(owner.uid, owner.gid);
  try {
    await handle.chown(made.uid, owner.gid);
  } catch (error) {
    // The user is not in that group: the file gets the user's own, as with any editor that replaces files.
    if (codeOf(error) !== 'EPERM') throw error;
  }
}
