import type { OpenDirs } from './open-dirs.js';
import type { Step } from './step.js';

/** Does the work for every step in their order, and at the same time for those that do not need each other. */
export async function eachStep(
  dirs: OpenDirs,
  steps: readonly Step[],
  work: (step: Step) => Promise<void>,
): Promise<void> {
  for (const run of listRuns(steps)) await dirs.each(run, work);
}

/** A folder alone; files that are written, or that are removed, together. */
export function listRuns(steps: readonly Step[]): Step[][] {
  const runs: Step[][] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && mayMeet(before, step)) last.push(step);
    else runs.push([step]);
  }
  return runs;
}

function mayMeet({ op: first }: Step, { op: second }: Step): boolean {
  if (first === 'delete' || second === 'delete') return first === second;
  return isWrite(first) && isWrite(second);
}

function isWrite(op: Step['op']): boolean {
  return op === 'write' || op === 'chmod';
}
