import type { WorkspacePath } from '../../base/workspace-path.js';
import { isFile, stateKey } from '../changes.js';
import { toFileState } from '../live-workspace.js';
import type { ApplyOutcome } from '../review/review-api.js';
import { describeConflict } from './describe-conflict.js';
import { findRefusal } from './find-refusal.js';
import { entryOf, isChmod, listSteps } from './list-steps.js';
import type { ApplyItem, PlannedDirs, Scan, ScannedEntry } from './scan.js';
import type { Step } from './step.js';

export interface ApplyPlan {
  /** In the order in which they are done. */
  readonly steps: readonly Step[];
  /** What the steps will have done when all of them are. */
  readonly planned: readonly WorkspacePath[];
  /** What needs no step, or can have none. */
  readonly decided: readonly ApplyOutcome[];
}

/** The exact list of what will be done, and what becomes of the items that get no step. */
export function planApply(
  items: readonly ApplyItem[],
  scan: Scan,
  chooseName: (name: string) => string,
  extra: PlannedDirs = { make: [], remove: [] },
): ApplyPlan {
  const decided: ApplyOutcome[] = [];
  const deleting = new Set(
    items.filter((item) => !isFile(item.after) && isDeletable(item, scan)).map(({ path }) => path),
  );
  const taken: ApplyItem[] = [];
  for (const item of items) {
    const outcome = decide(item, scan, deleting);
    if (outcome === undefined) taken.push(item);
    else decided.push(outcome);
  }
  return {
    steps: listSteps(taken, scan, chooseName, extra),
    planned: taken.map(({ path }) => path),
    decided,
  };
}

/** What becomes of an item that gets no step; undefined for one that gets some. */
function decide(item: ApplyItem, scan: Scan, deleting: ReadonlySet<WorkspacePath>): ApplyOutcome | undefined {
  const { path, expected, after } = item;
  const live = entryOf(scan, path);
  const refusal = findRefusal(item, scan, item.exact ?? false);
  if (refusal !== undefined) return { kind: 'refused', path, reason: refusal };
  if (isDone(item, live)) return { kind: 'applied', path };
  if (!isAsExpected(item, scan) && !makesRoom(item, scan, deleting)) {
    const reason = describeConflict(live, expected);
    return { kind: 'conflict', path, reason, live: toFileState(live) ?? { kind: 'absent' } };
  }
  if (live.kind === 'file' && live.isKept !== true && !isChmod(live, after))
    return { kind: 'refused', path, reason: 'the real file is too large to be kept a copy of' };
  return undefined;
}

function isDone({ after, exact }: ApplyItem, live: ScannedEntry): boolean {
  if (live.kind === 'blocked') return after.kind === 'absent';
  const state = toFileState(live);
  if (state === undefined || stateKey(state) !== stateKey(after)) return false;
  return exact !== true || state.kind !== 'file' || after.kind !== 'file' || state.mode === after.mode;
}

/** A folder is never as expected but to be removed when nothing is in it. */
function isAsExpected({ path, expected, after }: ApplyItem, scan: Scan): boolean {
  const live = entryOf(scan, path);
  if (live.kind === 'directory')
    return expected.kind === 'directory' && after.kind === 'absent' && isEmpty(path, scan);
  const state = toFileState(live);
  return live.kind !== 'blocked' && state !== undefined && stateKey(state) === stateKey(expected);
}

function isEmpty(path: WorkspacePath, scan: Scan): boolean {
  const below = scan.below.get(path);
  return below !== undefined && below.files.length === 0 && below.dirs.length === 1;
}

function isDeletable(item: ApplyItem, scan: Scan): boolean {
  return isAsExpected(item, scan) && findRefusal(item, scan, true) === undefined;
}

/** Whether what is in the way of something new goes with the same plan. A folder with no file in it holds no byte. */
function makesRoom({ path, expected, after }: ApplyItem, scan: Scan, deleting: ReadonlySet<string>): boolean {
  const live = entryOf(scan, path);
  if (isFile(expected) || after.kind === 'absent') return false;
  if (live.kind === 'blocked') return deleting.has(live.at);
  if (live.kind !== 'directory') return false;
  return scan.below.get(path)?.files.every((file) => deleting.has(file)) ?? false;
}
