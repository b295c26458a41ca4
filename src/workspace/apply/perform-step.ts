import { constants } from 'node:fs';
import { type FileHandle, link, open, rename, rmdir, unlink } from 'node:fs/promises';
import { type FileState, stateKey } from '../changes.js';
import { codeOf, isMissing } from '../fs-errors.js';
import { createDir, type HeldDir } from '../held-dir.js';
import { type LiveEntry, readEntry, readOpenFile, toFileState } from '../live-workspace.js';
import { chooseMode } from './choose-mode.js';
import { dirOf, nameOf, type OpenDirs } from './open-dirs.js';
import { readAgain } from './read-again.js';
import { hasNoLinks } from './stage.js';
import type { Step, StepOf } from './step.js';
import { removeTemp } from './write-temp.js';

/** The workspace is not any more as it was when the plan was made. */
export class Moved extends Error {
  override readonly name = 'Moved';
}

/** Does one step of a staged plan, after which its temporary name is gone; nothing more when it was done. Throws `Moved` when somebody was quicker. */
export async function performStep(dirs: OpenDirs, step: Step): Promise<void> {
  const parent = dirOf(step.path);
  const dir = await dirs.get(parent);
  dirs.changed(parent);
  switch (step.op) {
    case 'make-dir':
      return makeDir(dir, step);
    case 'remove-dir':
      return removeDir(dirs, dir, step);
    case 'write':
      return write(dirs, dir, step);
    case 'chmod':
      return changeMode(dir, step);
    case 'delete':
      return remove(dir, step);
  }
}

export function isState(live: LiveEntry, state: FileState): boolean {
  const found = toFileState(live);
  return live.kind !== 'blocked' && found !== undefined && stateKey(found) === stateKey(state);
}

/** On the handle whose bytes were checked; false when they are other ones. */
export async function changeModeOf(
  dir: HeldDir,
  name: string,
  expected: FileState,
  choose: (mode: number) => number,
): Promise<boolean> {
  const handle = await open(dir.at(name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return await changeOpenMode(handle, expected, choose);
  } finally {
    await handle.close();
  }
}

async function changeOpenMode(
  handle: FileHandle,
  expected: FileState,
  choose: (mode: number) => number,
): Promise<boolean> {
  const now = await readOpenFile(handle);
  if (now.kind !== 'file' || !isState(now, expected)) return false;
  await handle.chmod(choose(now.mode));
  await handle.sync();
  return true;
}

async function makeDir(dir: HeldDir, { path, mode }: StepOf<'make-dir'>): Promise<void> {
  const name = nameOf(path);
  await createDir(dir, name);
  const found = await readEntry(dir, name);
  if (found.kind !== 'directory') throw new Moved(`"${path}" is no folder`);
  if (mode !== undefined) await dir.changeModeOf(name, mode);
}

async function removeDir(
  dirs: OpenDirs,
  dir: HeldDir,
  { path, needed }: StepOf<'remove-dir'>,
): Promise<void> {
  try {
    await rmdir(dir.at(nameOf(path)));
    await dirs.forget(path);
  } catch (error) {
    if (isMissing(error)) return;
    const isFull = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error));
    if (!isFull) throw error;
    if (needed) throw new Moved(`"${path}" is not empty`);
  }
}

async function write(dirs: OpenDirs, dir: HeldDir, step: StepOf<'write'>): Promise<void> {
  const name = nameOf(step.path);
  const now = await readAgain(dir, name, step.before);
  const isDone = isState(now, step.after);
  if (!isDone && !isState(now, step.before)) throw new Moved(`"${step.path}" was changed`);
  const staging = await dirs.get(step.temp.dir);
  dirs.changed(step.temp.dir);
  if (isDone) await removeTemp(staging, step.temp.name);
  else if (step.before.kind === 'absent') await placeNew(staging.at(step.temp.name), dir.at(name), step.path);
  else await rename(staging.at(step.temp.name), dir.at(name));
}

/** A hard link fails where a rename would overwrite what was created in the last instant. */
async function placeNew(from: string, to: string, path: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new Moved(`"${path}" was created`);
    if (!hasNoLinks(error)) throw error;
    return rename(from, to);
  }
  await unlink(from);
}

async function changeMode(dir: HeldDir, step: StepOf<'chmod'>): Promise<void> {
  const { path, before, after, exact } = step;
  if (after.kind !== 'file') throw new Error(`no mode to set for ${path}`);
  const choose = (mode: number) => (exact ? after.mode & 0o777 : chooseMode(mode, after.mode));
  const isDone = await changeModeOf(dir, nameOf(path), before, choose);
  if (!isDone && !isState(await readEntry(dir, nameOf(path)), after))
    throw new Moved(`"${path}" was changed`);
}

async function remove(dir: HeldDir, step: StepOf<'delete'>): Promise<void> {
  const now = await readAgain(dir, nameOf(step.path), step.before);
  if (now.kind === 'absent') return;
  if (!isState(now, step.before)) throw new Moved(`"${step.path}" was changed`);
  await unlink(dir.at(nameOf(step.path)));
}
