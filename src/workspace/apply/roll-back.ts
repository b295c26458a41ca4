import { setTimeout } from 'node:timers/promises';
import type { ApplyRecord } from './apply-record.js';
import { cleanUp } from './clean-up.js';
import type { Journal } from './journal.js';
import { OpenDirs } from './open-dirs.js';
import { revertStep } from './revert-step.js';
import { placesOf, type Step } from './step.js';

const TRIES = 3;
const PAUSE_MS = 50;

/**
 * Takes every step back and removes the record. What somebody else changed meanwhile stays as it is and is returned.
 * Throws when it could not be finished; the journal then stays, and the next start goes on.
 */
export async function rollBack(record: ApplyRecord, journal: Journal): Promise<readonly string[]> {
  // Should even this not be writable, either direction is whole still: the steps say of themselves how far they are.
  await record.save({ ...journal, phase: 'rollback' }).catch(() => undefined);
  const left = await insist(() => revertAll(record, journal));
  await insist(() => cleanUp(journal.workspace, journal.steps.flatMap(placesOf)));
  await record.remove();
  return left;
}

async function revertAll(record: ApplyRecord, { workspace, steps }: Journal): Promise<readonly string[]> {
  const dirs = new OpenDirs(workspace);
  const left: string[] = [];
  try {
    const revert = async (step: Step) => {
      const stayed = await revertStep(dirs, step, (sha) => record.kept.get(sha));
      if (stayed !== undefined) left.push(stayed);
    };
    await dirs.each([...steps].reverse(), revert, 1);
    await dirs.flush();
    return left;
  } finally {
    await dirs.abandon();
  }
}

/** What failed for a moment (no descriptor free, a busy disk) need not wait for the next start. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= TRIES) throw error;
      await setTimeout(PAUSE_MS);
    }
  }
}
