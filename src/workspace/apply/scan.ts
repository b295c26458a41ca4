import { stat } from 'node:fs/promises';
import { isCanonicalPath, type WorkspacePath } from '../../base/workspace-path.js';
import type { FileState } from '../changes.js';
import { mapConcurrent } from '../concurrent.js';
import { openParent } from '../held-dir.js';
import { type LiveEntry, LiveWorkspace, readEntry } from '../live-workspace.js';
import { isLarge } from './is-large.js';
import type { KeptBytes } from './kept-bytes.js';
import { dirOf, nameOf } from './open-dirs.js';

/** One approved change. */
export interface ApplyItem {
  readonly path: WorkspacePath;
  /** What must be there now. */
  readonly expected: FileState;
  readonly after: FileState;
  /** Whether the mode of `after` is meant as it is, and not by its executable bit alone. */
  readonly exact?: boolean;
  /** For a removal: the topmost folder above that goes too when nothing else is left in it. */
  readonly emptied?: WorkspacePath;
}

/** Without its bytes; `isKept` says that they are in the pack. */
export type ScannedEntry = LiveEntry & { readonly isKept?: boolean };

export type DirKind = 'directory' | 'missing' | 'file' | 'link';

/** Folders that an undo makes and removes besides those that files need. */
export interface PlannedDirs {
  readonly make: readonly { readonly path: WorkspacePath; readonly mode: number }[];
  readonly remove: readonly WorkspacePath[];
}

/** What stands in a folder that is to go; `dirs` begins with the folder itself. */
export interface Below {
  readonly files: readonly WorkspacePath[];
  readonly dirs: readonly WorkspacePath[];
}

/** What is in the workspace where a plan is about to be made. */
export interface Scan {
  readonly live: ReadonlyMap<WorkspacePath, ScannedEntry>;
  /** Every folder above a path, and those that an undo makes. */
  readonly dirs: ReadonlyMap<WorkspacePath, DirKind>;
  /** Permission bits of the folders that may go. */
  readonly modes: ReadonlyMap<WorkspacePath, number>;
  /** Of each folder that is to go, itself or for a file in its place; left out when there is too much in it to look. */
  readonly below: ReadonlyMap<WorkspacePath, Below>;
}

/** Files of a folder at a time, and folders. */
const WIDTH = 4;
const MAX_BELOW = 10_000;

/** Looks at everything that the items are about, and puts the bytes that may be replaced into the pack. */
export async function scanWorkspace(
  root: string,
  items: readonly ApplyItem[],
  kept: KeptBytes,
  extra: PlannedDirs = { make: [], remove: [] },
): Promise<Scan> {
  const dirs = new Map<WorkspacePath, DirKind>([['', 'directory']]);
  const live = new Map<WorkspacePath, ScannedEntry>();
  const lookable = items.filter(({ path }) => isCanonicalPath(path));
  const folders = [...groupBy(lookable, ({ path }) => dirOf(path))];
  const width = lookable.some(({ expected }) => isLarge(expected)) ? 1 : WIDTH;
  await mapConcurrent(folders, width, ([dir, paths]) => scanDir(root, dir, paths, { dirs, live, kept }));
  const below = new Map<WorkspacePath, Below>();
  const modes = new Map<WorkspacePath, number>();
  for (const item of lookable) {
    const isGoing = live.get(item.path)?.kind === 'directory' && replacesDir(item);
    const found = isGoing ? await lookBelow(root, item.path) : undefined;
    if (found !== undefined) below.set(item.path, found);
    for (const dir of [...(found?.dirs ?? []), ...listEmptied(item)]) await readMode(root, dir, modes);
  }
  for (const dir of extra.remove) await readMode(root, dir, modes);
  for (const { path } of extra.make) await scanAbove(root, path, dirs);
  return { live, dirs, modes, below };
}

function replacesDir({ expected, after }: ApplyItem): boolean {
  return after.kind === 'absent' ? expected.kind === 'directory' : after.kind !== 'directory';
}

/** The folders that go with a deletion when they are empty, the deepest first. */
export function listEmptied({ path, emptied }: ApplyItem): readonly WorkspacePath[] {
  if (emptied === undefined) return [];
  const found: WorkspacePath[] = [];
  for (let dir = dirOf(path); dir !== ''; dir = dirOf(dir)) {
    found.push(dir);
    if (dir === emptied) return found;
  }
  return [];
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

async function scanDir(
  root: string,
  path: WorkspacePath,
  items: readonly ApplyItem[],
  into: { dirs: Map<WorkspacePath, DirKind>; live: Map<WorkspacePath, ScannedEntry>; kept: KeptBytes },
): Promise<void> {
  const parent = await openParent(root, path === '' ? '.' : `${path}/.`);
  if (parent.kind !== 'open') {
    const entry: ScannedEntry = parent.kind === 'missing' ? { kind: 'absent' } : parent;
    for (const item of items) into.live.set(item.path, entry);
    await scanAbove(root, path, into.dirs);
    return;
  }
  for (let dir = path; dir !== ''; dir = dirOf(dir)) into.dirs.set(dir, 'directory');
  try {
    await mapConcurrent(items, WIDTH, async (item) => {
      into.live.set(item.path, await keep(await readEntry(parent.dir, nameOf(item.path)), into.kept));
    });
  } finally {
    await parent.dir.close();
  }
}

async function keep(entry: LiveEntry, kept: KeptBytes): Promise<ScannedEntry> {
  if (entry.kind !== 'file') return entry;
  const { bytes, ...rest } = entry;
  if (bytes !== undefined) await kept.put(entry.sha256, bytes);
  return { ...rest, isKept: bytes !== undefined };
}

async function scanAbove(
  root: string,
  path: WorkspacePath,
  dirs: Map<WorkspacePath, DirKind>,
): Promise<void> {
  for (let dir = path; dir !== '' && !dirs.has(dir); dir = dirOf(dir)) {
    const found = await openParent(root, `${dir}/.`);
    if (found.kind === 'open') await found.dir.close();
    if (found.kind === 'open') dirs.set(dir, 'directory');
    else dirs.set(dir, found.kind === 'blocked' && found.at === dir ? found.by : 'missing');
  }
}

async function lookBelow(root: string, path: WorkspacePath): Promise<Below | undefined> {
  const workspace = new LiveWorkspace(root);
  const files: WorkspacePath[] = [];
  const dirs = [path];
  for (const dir of dirs) {
    for (const { name, directory } of await workspace.list(dir))
      (directory ? dirs : files).push(`${dir}/${name}`);
    if (files.length + dirs.length > MAX_BELOW) return undefined;
  }
  return { files, dirs };
}

async function readMode(root: string, path: WorkspacePath, modes: Map<WorkspacePath, number>): Promise<void> {
  if (modes.has(path)) return;
  const found = await openParent(root, `${path}/.`);
  if (found.kind !== 'open') return;
  try {
    modes.set(path, (await stat(found.dir.self)).mode & 0o777);
  } finally {
    await found.dir.close();
  }
}
