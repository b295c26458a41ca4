import { link } from 'node:fs/promises';
import type { WorkspacePath } from '../../base/workspace-path.js';
import type { FileState } from '../changes.js';
import { mapConcurrent } from '../concurrent.js';
import { codeOf } from '../fs-errors.js';
import type { HeldDir } from '../held-dir.js';
import { DirGone, dirOf, nameOf, OpenDirs } from './open-dirs.js';
import { groupBy, type ScannedEntry } from './scan.js';
import { placesOf, type Step, type StepOf } from './step.js';
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

/** Disks take several at once better than one after the other. */
const WIDTH = 4;

/** Puts everything on the disk, under names of our own, that the steps need: nothing of the user's is touched. */
export async function stageSteps(staging: Staging): Promise<void> {
  const staged = staging.steps.filter((step) => step.op === 'write' || step.op === 'delete');
  const groups = groupBy(staged, (step) => `${placesOf(step)[0]?.dir}\0${dirOf(step.path)}`);
  for (const steps of groups.values()) await stageGroup(staging, steps);
}

async function stageGroup(staging: Staging, steps: readonly StepOf<'write' | 'delete'>[]): Promise<void> {
  const [first] = steps;
  const at = first === undefined ? undefined : placesOf(first)[0]?.dir;
  if (first === undefined || at === undefined) return;
  const dirs = new OpenDirs(staging.root);
  try {
    const dir = await dirs.get(at);
    const parent = await dirs.find(dirOf(first.path));
    await mapConcurrent(steps, WIDTH, (step) => stageStep(staging, step, dir, parent));
    dirs.changed(at);
    await dirs.flush();
  } finally {
    await dirs.abandon();
  }
}

async function stageStep(
  staging: Staging,
  step: StepOf<'write' | 'delete'>,
  dir: HeldDir,
  parent: HeldDir | undefined,
): Promise<void> {
  if (step.backup !== undefined) {
    if (parent === undefined) throw new DirGone(`"${dirOf(step.path)}" is not a folder`);
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
