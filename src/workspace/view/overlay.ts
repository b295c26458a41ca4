import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errors } from '../../base/errors.js';
import type { VolumeSpec } from '../../sandbox/spec.js';
import { codeOf } from '../fs-errors.js';
import type { WorkspaceFacts } from './inspect-workspace.js';
import { removeTree } from './remove-tree.js';

export interface PreparedOverlay {
  /** For the engine's `local` volume driver. */
  readonly volumeOptions: VolumeSpec['options'];
  /** Host path; to be bind-mounted read-only for the collection. */
  readonly upperDir: string;
  readonly runnerUid: number;
  readonly runnerGid: number;
}

/**
 * Makes the two directories of the overlay. The upper one's owner and mode become those of the merged root,
 * so mode 0700 is what keeps the `agent` uid out of the workspace.
 */
export async function prepareOverlay(
  sessionDir: string,
  facts: Pick<WorkspaceFacts, 'root' | 'ownerUid' | 'ownerGid' | 'hostUid'>,
): Promise<PreparedOverlay> {
  const overlayDir = join(sessionDir, 'overlay');
  const upperDir = upperDirOf(sessionDir);
  const workDir = join(overlayDir, 'work');
  for (const dir of [overlayDir, upperDir, workDir]) {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await refuseLink(dir);
    await chmod(dir, 0o700);
  }
  if (facts.hostUid === 0) await chown(upperDir, facts.ownerUid, facts.ownerGid);
  return {
    volumeOptions: { type: 'overlay', device: 'overlay', o: toMountOptions(facts.root, upperDir, workDir) },
    upperDir,
    runnerUid: facts.ownerUid,
    // Nothing in the sandbox runs with root's group; what it makes is the agent's proposal, whatever its group.
    runnerGid: facts.ownerGid === 0 ? facts.ownerUid : facts.ownerGid,
  };
}

/** Where a session's overlay keeps what the sandbox wrote. */
export function upperDirOf(sessionDir: string): string {
  return join(sessionDir, 'overlay', 'upper');
}

/** The engine mounts what a link leads to, which may be anything of the host's. */
async function refuseLink(dir: string): Promise<void> {
  if (!(await lstat(dir)).isDirectory())
    throw errors.startFailed(`${dir}, which is to be mounted into it, is a symbolic link`);
}

/** With redirects, metadata-only copies and the index off, the upper layer alone says what changed. */
export function toMountOptions(lower: string, upper: string, work: string): string {
  const layers = `lowerdir=${lower},upperdir=${upper},workdir=${work}`;
  return `${layers},redirect_dir=off,metacopy=off,index=off,nosuid,nodev`;
}

/**
 * Removes what `prepareOverlay` made and the sandbox filled; the overlay must be unmounted. Once a whiteout was made,
 * the kernel (5.8 and later) leaves one in its own root-owned directory, and cleans up only when it mounts the same
 * layers again: a host that is not root passes `remount`, which mounts and unmounts the volume once.
 */
export async function removeOverlayDirs(sessionDir: string, remount?: () => Promise<void>): Promise<void> {
  const overlay = join(sessionDir, 'overlay');
  try {
    await removeTree(join(overlay, 'work'));
  } catch (error) {
    if (remount === undefined || !['EPERM', 'EACCES', 'ENOTEMPTY'].includes(codeOf(error))) throw error;
    await remount();
    await removeTree(join(overlay, 'work'));
  }
  await removeTree(overlay);
}
