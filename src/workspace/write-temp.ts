import { randomBytes } from 'node:crypto';
import { type FileHandle, lchown, open, rm, stat, symlink } from 'node:fs/promises';
import { chooseMode } from './apply-mode.js';
import { codeOf } from './fs-errors.js';
import type { HeldDir } from './held-dir.js';
import type { LiveEntry } from './live-workspace.js';

const MAX_NAME_BYTES = 255;

/** A complete file under a name of its own in the target's directory, on the disk. Returns that name. */
export async function writeTempFile(
  dir: HeldDir,
  name: string,
  bytes: Uint8Array,
  approvedMode: number,
  replaced: LiveEntry,
): Promise<string> {
  const temp = chooseTempName(name);
  // A private file's bytes must not be readable by others for even a moment.
  const handle = await open(dir.at(temp), 'wx', replaced.kind === 'file' ? 0o600 : 0o666);
  try {
    await handle.writeFile(bytes);
    const base = replaced.kind === 'file' ? replaced.mode : (await handle.stat()).mode;
    await giveOwner(handle, dir, replaced);
    await handle.chmod(chooseMode(base, approvedMode));
    await handle.sync();
  } catch (error) {
    await removeTemp(dir, temp);
    throw error;
  } finally {
    await handle.close();
  }
  return temp;
}

export async function writeTempLink(dir: HeldDir, name: string, target: string): Promise<string> {
  const temp = chooseTempName(name);
  await symlink(target, dir.at(temp));
  return temp;
}

export async function removeTemp(dir: HeldDir, temp: string): Promise<void> {
  await rm(dir.at(temp), { force: true });
}

/** As root, what is made in somebody's directory belongs to that somebody. */
export async function adoptParentOwner(location: string, dir: HeldDir): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dir.self);
  await lchown(location, uid, gid);
}

async function giveOwner(handle: FileHandle, dir: HeldDir, replaced: LiveEntry): Promise<void> {
  const owner = replaced.kind === 'file' ? replaced : await stat(dir.self);
  if (process.getuid?.() === 0) return handle.chown(owner.uid, owner.gid);
  if (replaced.kind !== 'file' || process.getgid === undefined) return;
  const { uid, gid } = await handle.stat();
  if (gid === owner.gid) return;
  try {
    await handle.chown(uid, owner.gid);
  } catch (error) {
    // The user is not in that group: the file gets the user's own, as with any editor that replaces files.
    if (codeOf(error) !== 'EPERM') throw error;
  }
}

function chooseTempName(name: string): string {
  const suffix = `.airlock-${randomBytes(6).toString('hex')}`;
  const full = `.${name}${suffix}`;
  return Buffer.byteLength(full) > MAX_NAME_BYTES ? suffix : full;
}
