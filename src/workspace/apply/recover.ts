import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readEntry } from '../live-workspace.js';
import { ApplyRecord, listApplyIds } from './apply-record.js';
import { eachStep } from './each-step.js';
import { isDone, type Journal, loadJournal } from './journal.js';
import { DirGone, dirOf, nameOf, OpenDirs } from './open-dirs.js';
import { isState, Moved, performStep } from './perform-step.js';
import { rollBack } from './roll-back.js';
import { placesOf, type Step, type StepOf } from './step.js';
import { finish } from './transaction.js';

/** What became of an apply that did not end. */
export type Recovery =
  | {
      readonly kind: 'finished' | 'rolled-back';
      readonly journal: Journal;
      /** Files that somebody changed since: they are as that left them. */
      readonly left: readonly string[];
    }
  /** Nothing was touched: what was replaced and what was to come are both where they were. */
  | { readonly kind: 'damaged'; readonly movedTo: string; readonly reason: string };

/**
 * Brings every apply of a workspace that was cut short to one of its ends: forwards when all that it needs is still
 * there, else backwards. May itself be cut short at any point, and repeated. The caller holds the workspace's lock.
 */
export async function recoverApplies(appliesDir: string): Promise<readonly Recovery[]> {
  const found: Recovery[] = [];
  for (const id of await listApplyIds(appliesDir)) {
    const dir = join(appliesDir, id);
    if (await isDone(dir)) continue;
    const loaded = await loadJournal(dir);
    if (loaded.kind === 'damaged') found.push(loaded);
    else if (loaded.kind === 'none') await removeUnbegun(dir);
    else found.push(await recoverOne(appliesDir, loaded.journal));
  }
  return found;
}

/** It ended before it wrote down anything. One that was found damaged keeps its folder. */
async function removeUnbegun(dir: string): Promise<void> {
  if ((await readdir(dir)).some((name) => name.includes('.damaged-'))) return;
  await rm(dir, { recursive: true, force: true });
}

async function recoverOne(appliesDir: string, journal: Journal): Promise<Recovery> {
  const record = ApplyRecord.of(appliesDir, journal);
  const isForward = journal.phase === 'commit' && (await canFinish(journal));
  if (!isForward) return { kind: 'rolled-back', journal, left: await rollBack(record, journal) };
  const left = await performAll(journal);
  await finish(record, journal, journal.steps.flatMap(placesOf));
  return { kind: 'finished', journal, left };
}

/** Whether every file that still is to be written waits under its temporary name. */
async function canFinish({ workspace, steps }: Journal): Promise<boolean> {
  const dirs = new OpenDirs(workspace);
  let isWhole = true;
  try {
    await dirs.each(steps, async (step) => {
      if (isWhole && step.op === 'write' && !(await isReady(dirs, step))) isWhole = false;
    });
    return isWhole;
  } finally {
    await dirs.abandon();
  }
}

async function isReady(dirs: OpenDirs, step: StepOf<'write'>): Promise<boolean> {
  const dir = await dirs.find(dirOf(step.path));
  const live = dir === undefined ? { kind: 'absent' as const } : await readEntry(dir, nameOf(step.path));
  if (!isState(live, step.before)) return true;
  const staging = await dirs.find(step.temp.dir);
  return staging !== undefined && isState(await readEntry(staging, step.temp.name), step.after);
}

async function performAll({ workspace, steps }: Journal): Promise<readonly string[]> {
  const dirs = new OpenDirs(workspace);
  const left = new Set<Step>();
  try {
    await eachStep(dirs, steps, async (step) => {
      try {
        await performStep(dirs, step);
      } catch (error) {
        if (!(error instanceof Moved || error instanceof DirGone)) throw error;
        left.add(step);
      }
    });
    await dirs.flush();
    return steps.filter((step) => left.has(step)).map(({ path }) => path);
  } finally {
    await dirs.abandon();
  }
}
