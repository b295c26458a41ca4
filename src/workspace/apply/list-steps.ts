import type { WorkspacePath } from '../../base/workspace-path.js';
import { type FileState, isFile } from '../changes.js';
import { toFileState } from '../live-workspace.js';
import { dirOf, nameOf } from './open-dirs.js';
import { type ApplyItem, listEmptied, type PlannedDirs, type Scan, type ScannedEntry } from './scan.js';
import type { Place, Step, StepOf } from './step.js';

/**
 * The steps of items that can be done. First what stands in the way of something goes, then folders are made, then
 * files written, and what is deleted goes last, so that a new name is there before the old one is not. A name that comes
 * back in another case goes first too: the file system may not tell the two apart.
 */
export function listSteps(
  items: readonly ApplyItem[],
  scan: Scan,
  chooseName: (name: string) => string,
  extra: PlannedDirs,
): Step[] {
  const writes = items.filter(({ after }) => isFile(after));
  const made = items.filter(({ after }) => after.kind === 'directory').map(({ path }) => path);
  const removals = items.filter(({ after }) => after.kind === 'absent');
  const isDir = ({ path }: ApplyItem) => entryOf(scan, path).kind === 'directory';
  const removed = removals.filter(isDir).map(({ path }) => path);
  const deletions = items.filter((item) => !isFile(item.after) && isFile(stateOf(scan, item.path)));
  const own = new Set([...made, ...removed]);

  const cleared = new Set(writes.flatMap(({ path }) => scan.below.get(path)?.dirs ?? []));
  const needed = new Set([...made, ...[...writes.map(({ path }) => path), ...made].flatMap(listAbove)]);
  const emptied = [...removals.flatMap(listEmptied), ...removed, ...extra.remove].filter(
    (dir) => !needed.has(dir) && !cleared.has(dir),
  );
  const going = new Set([...cleared, ...emptied]);
  const stage = (path: WorkspacePath): Place => ({
    dir: listAbove(path).find((dir) => scan.dirs.get(dir) === 'directory' && !going.has(dir)) ?? '',
    name: chooseName(nameOf(path)),
  });
  const taken = new Set([...writes.map(({ path }) => path), ...needed]);
  const spellings = new Set([...taken].map(foldCase));
  const isRespelled = (path: WorkspacePath) =>
    [path, ...listAbove(path)].some((part) => !taken.has(part) && spellings.has(foldCase(part)));
  const remade = new Set(extra.make.map(({ path }) => path));
  const isEarly = ({ path }: ApplyItem) =>
    needed.has(path) ||
    remade.has(path) ||
    isRespelled(path) ||
    listAbove(path).some((dir) => scan.below.has(dir) && going.has(dir));
  const toDeletion = (item: ApplyItem): Step => ({
    op: 'delete',
    path: item.path,
    before: toStored(stateOf(scan, item.path)),
    backup: stage(item.path),
  });
  const byDepth = [...deletions].sort(descending);
  const removeAll = (paths: readonly WorkspacePath[]) =>
    unique(paths)
      .sort(deepestFirst)
      .map((path) => removeDir(path, scan, own.has(path), own.has(path)));
  return [
    ...byDepth.filter(isEarly).map(toDeletion),
    ...[...cleared].sort(deepestFirst).map((path) => removeDir(path, scan, true, own.has(path))),
    ...removeAll(emptied.filter(isRespelled)),
    ...listMissing(needed, new Set(deletions.map(({ path }) => path)), scan, extra).map((dir) =>
      own.has(dir.path) ? { ...dir, own: true as const } : dir,
    ),
    ...[...writes].sort(ascending).map((item) => toWrite(item, scan, stage)),
    ...byDepth.filter((item) => !isEarly(item)).map(toDeletion),
    ...removeAll(emptied.filter((path) => !isRespelled(path))),
  ];
}

function foldCase(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

export function entryOf(scan: Scan, path: WorkspacePath): ScannedEntry {
  return scan.live.get(path) ?? ABSENT;
}

export function isChmod(live: ScannedEntry, after: FileState): boolean {
  return live.kind === 'file' && after.kind === 'file' && live.sha256 === after.sha256;
}

function toWrite(item: ApplyItem, scan: Scan, stage: (path: WorkspacePath) => Place): Step {
  const { path, exact = false } = item;
  const live = entryOf(scan, path);
  const state = stateOf(scan, path);
  const before = toStored(isFile(state) ? state : ABSENT);
  const after = toStored(item.after);
  if (isChmod(live, item.after)) return { op: 'chmod', path, before, after, exact };
  const step: StepOf<'write'> = { op: 'write', path, before, after, exact, temp: stage(path) };
  return before.kind === 'absent' ? step : { ...step, backup: stage(path) };
}

/** Of those that an undo wants, none in the place of a file that stays. */
function listMissing(
  needed: ReadonlySet<WorkspacePath>,
  deleting: ReadonlySet<WorkspacePath>,
  scan: Scan,
  extra: PlannedDirs,
): StepOf<'make-dir'>[] {
  const isFree = (dir: WorkspacePath) => ['directory', 'missing'].includes(scan.dirs.get(dir) ?? 'missing');
  const isClear = (path: WorkspacePath) =>
    [path, ...listAbove(path)].every((dir) => isFree(dir) || deleting.has(dir));
  const wanted = extra.make.filter(({ path }) => isClear(path));
  const modes = new Map(wanted.map(({ path, mode }) => [path, mode]));
  const missing = [...needed].filter((dir) => dir !== '' && scan.dirs.get(dir) !== 'directory');
  return unique([...missing, ...modes.keys()])
    .sort(ascending)
    .map((path) => {
      const mode = modes.get(path);
      return mode === undefined ? { op: 'make-dir', path } : { op: 'make-dir', path, mode };
    });
}

function removeDir(path: WorkspacePath, scan: Scan, isNeeded: boolean, isOwn: boolean): Step {
  const step: Step = { op: 'remove-dir', path, mode: scan.modes.get(path) ?? 0o755, needed: isNeeded };
  return isOwn ? { ...step, own: true } : step;
}

const ABSENT = { kind: 'absent' } as const;

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
