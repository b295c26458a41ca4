import { link } from 'node:fs/promises';
import type { WorkspacePath } from '../../base/workspace-path.js';
import type { FileState } from '../changes.js';
import { codeOf } from '../fs-errors.js';
import type { HeldDir } from '../held-dir.js';
import { isLarge } from './is-large.js';
import { dirOf, nameOf, OpenDirs, WIDE } from './open-dirs.js';
import type { ScannedEntry } from './scan.js';
import type { Step, StepOf } from './step.js';
import { writeTempFile, writeTempLink } from './write-temp.js';

/** Bytes by their SHA-256, checked. */
export type ReadBytes = (sha: string) => Promise<Uint8Array>;

export interface Staging {
  readonly root: string;
  readonly steps: readonly Step[];
  readonly live: (path: WorkspacePath) => ScannedEntry;
  /** The approved bytes. */
  readonly read: ReadBytes;
  /** The bytes that are replaced, where the file system has no hard links. */
  readonly readKept: ReadBytes;
}

/** Puts everything on the disk, under names of our own, that the steps need: nothing of the user's is touched. */
export async function stageSteps(staging: Staging): Promise<void> {
  const dirs = new OpenDirs(staging.root);
  try {
    const staged = staging.steps.filter((step) => step.op === 'write' || step.op === 'delete');
    const width = staged.some(holdsLarge) ? undefined : WIDE;
    await dirs.each(staged, (step) => stageStep(staging, dirs, step), width);
    await dirs.flush();
  } finally {
    await dirs.abandon();
  }
}

function holdsLarge(step: StepOf<'write' | 'delete'>): boolean {
  return isLarge(step.before) || (step.op === 'write' && isLarge(step.after));
}

async function stageStep(staging: Staging, dirs: OpenDirs, step: StepOf<'write' | 'delete'>): Promise<void> {
  const at = step.op === 'write' ? step.temp.dir : step.backup.dir;
  const dir = await dirs.get(at);
  dirs.changed(at);
  if (step.backup !== undefined) {
    const parent = await dirs.get(dirOf(step.path));
    await backUp(staging, step.before, dir, step.backup.name, parent.at(nameOf(step.path)), step.path);
  }
  if (step.op === 'delete') return;
  const { after, temp, exact } = step;
  if (after.kind === 'symlink') return writeTempLink(dir, temp.name, after.target);
  if (after.kind !== 'file') throw new Error(`nothing to write for ${step.path}`);
  const bytes = await staging.read(after.sha256);
  await writeTempFile(dir, temp.name, { bytes, mode: after.mode, exact, replaced: staging.live(step.path) });
}

/** A second name of the same file: taking it back needs no space, and gives back exactly what was there. */
async function backUp(
  staging: Staging,
  before: FileState,
  dir: HeldDir,
  name: string,
  location: string,
  path: WorkspacePath,
): Promise<void> {
  if (before.kind === 'symlink') return writeTempLink(dir, name, before.target);
  if (before.kind !== 'file') throw new Error(`nothing to keep of ${path}`);
  try {
    await link(location, dir.at(name));
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    const bytes = await staging.readKept(before.sha256);
    const replaced = staging.live(path);
    await writeTempFile(dir, name, { bytes, mode: before.mode, exact: true, replaced });
  }
}

/** The file system has no hard links, or allows none to this file. */
export function hasNoLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(codeOf(error));
}
