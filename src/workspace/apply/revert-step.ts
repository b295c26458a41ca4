import { rename, rmdir, unlink } from 'node:fs/promises';
import type { FileState } from '../changes.js';
import { codeOf, isMissing } from '../fs-errors.js';
import { createDir, type HeldDir } from '../held-dir.js';
import { readEntry } from '../live-workspace.js';
import { dirOf, nameOf, type OpenDirs } from './open-dirs.js';
import { changeModeOf, isState } from './perform-step.js';
import type { ReadBytes } from './stage.js';
import { isFileStep, type Place, type Step, type StepOf } from './step.js';
import { chooseTempName, removeTemp, writeTempFile, writeTempLink } from './write-temp.js';

/**
 * Takes one step back; nothing when it was not done. What is neither of its states is the user's, and stays: then the
 * path is returned. Never needs space on the disk while the backup is there.
 */
export async function revertStep(
  dirs: OpenDirs,
  step: Step,
  readKept: ReadBytes,
): Promise<string | undefined> {
  const parent = dirOf(step.path);
  const dir = await dirs.find(parent);
  if (dir === undefined) return isFileStep(step) && step.before.kind !== 'absent' ? step.path : undefined;
  dirs.changed(parent);
  switch (step.op) {
    case 'make-dir':
      return removeMade(dirs, dir, step.path);
    case 'remove-dir':
      return makeAgain(dir, step);
    case 'chmod':
      return changeBack(dir, step);
    case 'write':
      return isState(await readEntry(dir, nameOf(step.path)), step.after)
        ? takeBack(dirs, dir, step, readKept)
        : leftover(dir, step);
    case 'delete':
      return (await readEntry(dir, nameOf(step.path))).kind === 'absent'
        ? putBack(dirs, dir, step.path, step.before, step.backup, readKept)
        : leftover(dir, step);
  }
}

async function leftover(dir: HeldDir, step: StepOf<'write' | 'delete'>): Promise<string | undefined> {
  return isState(await readEntry(dir, nameOf(step.path)), step.before) ? undefined : step.path;
}

/** A folder that is not empty has something of the user's in it by now. */
async function removeMade(dirs: OpenDirs, dir: HeldDir, path: string): Promise<undefined> {
  try {
    await rmdir(dir.at(nameOf(path)));
    await dirs.forget(path);
  } catch (error) {
    if (!isMissing(error) && !['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
  }
}

async function makeAgain(dir: HeldDir, { path, mode }: StepOf<'remove-dir'>): Promise<undefined> {
  const name = nameOf(path);
  await createDir(dir, name);
  if ((await readEntry(dir, name)).kind === 'directory') await dir.changeModeOf(name, mode);
}

async function changeBack(dir: HeldDir, step: StepOf<'chmod'>): Promise<string | undefined> {
  const { path, before, after } = step;
  if (before.kind !== 'file') return undefined;
  const { mode } = before;
  try {
    if (await changeModeOf(dir, nameOf(path), after, () => mode)) return undefined;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return isState(await readEntry(dir, nameOf(path)), before) ? undefined : path;
}

async function takeBack(
  dirs: OpenDirs,
  dir: HeldDir,
  step: StepOf<'write'>,
  readKept: ReadBytes,
): Promise<string | undefined> {
  const { path, before, backup } = step;
  if (before.kind !== 'absent' && backup !== undefined)
    return putBack(dirs, dir, path, before, backup, readKept);
  await unlink(dir.at(nameOf(path)));
  return undefined;
}

async function putBack(
  dirs: OpenDirs,
  dir: HeldDir,
  path: string,
  before: FileState,
  backup: Place,
  readKept: ReadBytes,
): Promise<undefined> {
  const staging = await dirs.find(backup.dir);
  if (staging !== undefined) dirs.changed(backup.dir);
  const isThere = staging !== undefined && isState(await readEntry(staging, backup.name), before);
  const from = isThere ? staging.at(backup.name) : await remake(dir, path, before, readKept);
  await rename(from, dir.at(nameOf(path)));
}

/** From the pack, when somebody removed the backup. */
async function remake(dir: HeldDir, path: string, before: FileState, readKept: ReadBytes): Promise<string> {
  const temp = chooseTempName(nameOf(path));
  try {
    if (before.kind === 'symlink') await writeTempLink(dir, temp, before.target);
    else if (before.kind === 'file') {
      const bytes = await readKept(before.sha256);
      await writeTempFile(dir, temp, { bytes, mode: before.mode, exact: true, replaced: { kind: 'absent' } });
    }
  } catch (error) {
    await removeTemp(dir, temp);
    throw error;
  }
  return dir.at(temp);
}
