import type { WorkspacePath } from '../../base/workspace-path.js';
import { type FileState, stateKey } from '../changes.js';
import { toFileState } from '../live-workspace.js';
import type { ApplyOutcome } from '../review-api.js';
import { describeConflict } from './describe-conflict.js';
import { findRefusal } from './find-refusal.js';
import { dirOf, nameOf } from './open-dirs.js';
import { type ApplyItem, listEmptied, type Scan, type ScannedEntry } from './scan.js';
import type { Place, Step, StepOf } from './step.js';

/** Folders that an undo makes and removes besides those that files need. */
export interface PlannedDirs {
  readonly make: readonly { readonly path: WorkspacePath; readonly mode: number }[];
  readonly remove: readonly WorkspacePath[];
}

export interface ApplyPlan {
  /** In the order in which they are done. */
  readonly steps: readonly Step[];
  /** What the steps will have done when all of them are. */
  readonly planned: readonly WorkspacePath[];
  /** What needs no step, or can have none. */
  readonly decided: readonly ApplyOutcome[];
}

/**
 * The exact list of what will be done. First what stands in the way of something goes, then folders are made, then
 * files written, and what is deleted goes last, so that a new name is there before the old one is not.
 */
export function planApply(
  items: readonly ApplyItem[],
  scan: Scan,
  chooseName: (name: string) => string,
  extra: PlannedDirs = { make: [], remove: [] },
): ApplyPlan {
  const decided: ApplyOutcome[] = [];
  const deleting = new Set(
    items.filter((item) => item.after.kind === 'absent' && isDeletable(item, scan)).map(({ path }) => path),
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

function isAsExpected({ path, expected }: ApplyItem, scan: Scan): boolean {
  const live = entryOf(scan, path);
  const state = toFileState(live);
  return live.kind !== 'blocked' && state !== undefined && stateKey(state) === stateKey(expected);
}

function isDeletable(item: ApplyItem, scan: Scan): boolean {
  return isAsExpected(item, scan) && findRefusal(item, scan, true) === undefined;
}

/** Whether what is in the way of a new file goes with the same plan. A folder with no file in it holds no byte. */
function makesRoom({ path, expected, after }: ApplyItem, scan: Scan, deleting: ReadonlySet<string>): boolean {
  const live = entryOf(scan, path);
  if (expected.kind !== 'absent' || after.kind === 'absent') return false;
  if (live.kind === 'blocked') return deleting.has(live.at);
  if (live.kind !== 'directory') return false;
  return scan.below.get(path)?.files.every((file) => deleting.has(file)) ?? false;
}

function listSteps(
  items: readonly ApplyItem[],
  scan: Scan,
  chooseName: (name: string) => string,
  extra: PlannedDirs,
): Step[] {
  const writes = items.filter(({ after }) => after.kind !== 'absent');
  const deletions = items.filter(({ after }) => after.kind === 'absent');
  const cleared = writes.flatMap(({ path }) => scan.below.get(path)?.dirs ?? []);
  const needed = new Set(writes.flatMap(({ path }) => listAbove(path)));
  const emptied = [...deletions.flatMap(listEmptied), ...extra.remove].filter((dir) => !needed.has(dir));
  const going = new Set([...cleared, ...emptied]);
  const stage = (path: WorkspacePath): Place => ({
    dir: listAbove(path).find((dir) => scan.dirs.get(dir) === 'directory' && !going.has(dir)) ?? '',
    name: chooseName(nameOf(path)),
  });
  const isEarly = ({ path }: ApplyItem) =>
    needed.has(path) || listAbove(path).some((dir) => scan.below.has(dir) && going.has(dir));
  const toDeletion = (item: ApplyItem): Step => ({
    op: 'delete',
    path: item.path,
    before: toStored(stateOf(scan, item.path)),
    backup: stage(item.path),
  });
  const byDepth = [...deletions].sort(descending);
  return [
    ...byDepth.filter(isEarly).map(toDeletion),
    ...unique(cleared)
      .sort(deepestFirst)
      .map((path) => removeDir(path, scan, true)),
    ...listMissing(needed, scan, extra),
    ...[...writes].sort(ascending).map((item) => toWrite(item, scan, stage)),
    ...byDepth.filter((item) => !isEarly(item)).map(toDeletion),
    ...unique(emptied)
      .sort(deepestFirst)
      .map((path) => removeDir(path, scan, false)),
  ];
}

function toWrite(item: ApplyItem, scan: Scan, stage: (path: WorkspacePath) => Place): Step {
  const { path, exact = false } = item;
  const live = entryOf(scan, path);
  const before = toStored(live.kind === 'file' || live.kind === 'symlink' ? stateOf(scan, path) : ABSENT);
  const after = toStored(item.after);
  if (isChmod(live, item.after)) return { op: 'chmod', path, before, after, exact };
  const step: StepOf<'write'> = { op: 'write', path, before, after, exact, temp: stage(path) };
  return before.kind === 'absent' ? step : { ...step, backup: stage(path) };
}

function isChmod(live: ScannedEntry, after: FileState): boolean {
  return live.kind === 'file' && after.kind === 'file' && live.sha256 === after.sha256;
}

function listMissing(needed: ReadonlySet<WorkspacePath>, scan: Scan, extra: PlannedDirs): Step[] {
  const modes = new Map(extra.make.map(({ path, mode }) => [path, mode]));
  const missing = [...needed].filter((dir) => dir !== '' && scan.dirs.get(dir) !== 'directory');
  return unique([...missing, ...modes.keys()])
    .sort(ascending)
    .map((path) => {
      const mode = modes.get(path);
      return mode === undefined ? { op: 'make-dir', path } : { op: 'make-dir', path, mode };
    });
}

function removeDir(path: WorkspacePath, scan: Scan, isNeeded: boolean): Step {
  return { op: 'remove-dir', path, mode: scan.modes.get(path) ?? 0o755, needed: isNeeded };
}

const ABSENT = { kind: 'absent' } as const;

function entryOf(scan: Scan, path: WorkspacePath): ScannedEntry {
  return scan.live.get(path) ?? ABSENT;
}

function stateOf(scan: Scan, path: WorkspacePath): FileState {
  return toFileState(entryOf(scan, path)) ?? ABSENT;
}

function toStored(state: FileState): StepOf<'write'>['after'] {
  return { ...state };
}

/** Every folder above a path, the deepest first, the root last. */
function listAbove(path: WorkspacePath): WorkspacePath[] {
  const found: WorkspacePath[] = [];
  for (let dir = dirOf(path); dir !== ''; dir = dirOf(dir)) found.push(dir);
  return [...found, ''];
}

function unique(paths: readonly WorkspacePath[]): WorkspacePath[] {
  return [...new Set(paths)];
}

function ascending<T extends { path: string } | string>(a: T, b: T): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function descending(a: ApplyItem, b: ApplyItem): number {
  return ascending(b, a);
}

/** What begins with another comes after it, so the reverse is from the leaves up. */
function deepestFirst(a: WorkspacePath, b: WorkspacePath): number {
  return ascending(b, a);
}

function keyOf(value: { path: string } | string): string {
  return typeof value === 'string' ? value : value.path;
}
