import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256 } from '../../../../src/base/hash.js';
import { listAncestors } from '../../../../src/base/workspace-path.js';
import type { ApplyItem } from '../../../../src/workspace/apply/scan.js';
import { BlobStore } from '../../../../src/workspace/blob-store.js';
import type { FileState } from '../../../../src/workspace/changes.js';

/** A file by its text and mode, a link by its target, an empty folder. */
export type Entry = { readonly text: string; readonly mode?: number } | { readonly link: string } | 'folder';
export type Tree = Readonly<Record<string, Entry>>;

/** Everything in a folder with its permission bits, in a form that can be compared. */
export async function readAll(root: string, dir = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(join(root, dir))).sort()) {
    const path = dir === '' ? name : `${dir}/${name}`;
    const stats = await lstat(join(root, path));
    const mode = (stats.mode & 0o7777).toString(8);
    if (stats.isDirectory()) Object.assign(found, { [`${path}/`]: mode }, await readAll(root, path));
    else if (stats.isSymbolicLink()) found[path] = `-> ${await readlink(join(root, path))}`;
    else found[path] = `${mode} ${await readFile(join(root, path), 'utf8')}`;
  }
  return found;
}

export async function writeAll(root: string, tree: Tree): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const [path, entry] of Object.entries(tree)) {
    const location = join(root, path);
    await mkdir(entry === 'folder' ? location : dirname(location), { recursive: true });
    if (entry === 'folder') continue;
    if ('link' in entry) await symlink(entry.link, location);
    else {
      await writeFile(location, entry.text);
      await chmod(location, entry.mode ?? 0o644);
    }
  }
}

/** A workspace, the changes that make another of it, and both as `readAll` tells them. */
export interface PlanFixture {
  readonly base: string;
  readonly items: readonly ApplyItem[];
  readonly blobs: BlobStore;
  readonly old: Record<string, string>;
  readonly new: Record<string, string>;
  /** A fresh workspace and a fresh place for journals. */
  reset(): Promise<{ readonly root: string; readonly stateDir: string }>;
  remove(): Promise<void>;
}

export async function makePlan(before: Tree, after: Tree): Promise<PlanFixture> {
  const base = await realpath(await mkdtemp(join(inMemory(), 'airlock-apply-')));
  const [oldDir, newDir] = [join(base, 'old'), join(base, 'new')];
  await writeAll(oldDir, before);
  await writeAll(newDir, after);
  const blobs = new BlobStore(join(base, 'session'));
  const items: ApplyItem[] = [];
  for (const path of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const [expected, wanted] = sidesOf(path, before, after);
    const entry = after[path];
    if (entry !== undefined && entry !== 'folder' && 'text' in entry)
      await blobs.put(Buffer.from(entry.text));
    if (JSON.stringify(expected) === JSON.stringify(wanted)) continue;
    const top = wanted.kind === 'absent' ? listAncestors(path).find((dir) => !isDir(after, dir)) : undefined;
    items.push({ path, expected, after: wanted, ...(top === undefined ? {} : { emptied: top }) });
  }
  return {
    base,
    items,
    blobs,
    old: await readAll(oldDir),
    new: await readAll(newDir),
    reset: async () => {
      const run = join(base, `run-${randomBytes(4).toString('hex')}`);
      await cp(oldDir, join(run, 'real'), {
        recursive: true,
        verbatimSymlinks: true,
        preserveTimestamps: true,
      });
      return { root: join(run, 'real'), stateDir: join(run, 'state') };
    },
    remove: () => rm(base, { recursive: true, force: true }),
  };
}

/** As a capture tells them: a folder is a side only when it is empty, and none of a file that takes its place. */
function sidesOf(path: string, before: Tree, after: Tree): [FileState, FileState] {
  const [old, wanted] = [toState(before[path]), toState(after[path])];
  if (old.kind === 'directory' && isDir(after, path)) return [old, old];
  if (wanted.kind === 'directory' && isDir(before, path)) return [wanted, wanted];
  return [old.kind === 'directory' && wanted.kind !== 'absent' ? { kind: 'absent' } : old, wanted];
}

function isDir(tree: Tree, path: string): boolean {
  return tree[path] === 'folder' || Object.keys(tree).some((other) => other.startsWith(`${path}/`));
}

function toState(entry: Entry | undefined): FileState {
  if (entry === undefined) return { kind: 'absent' };
  if (entry === 'folder') return { kind: 'directory' };
  if ('link' in entry) return { kind: 'symlink', target: entry.link };
  const { text, mode = 0o644 } = entry;
  return { kind: 'file', sha256: sha256(text), size: Buffer.byteLength(text), mode };
}

/** Adds, edits, deletes, renames, links, modes, folders, a file that becomes a folder and the reverse; at least `size` changes. */
export function mixedTrees(size: number): { before: Tree; after: Tree } {
  const before: Record<string, Entry> = {
    'keep.txt': { text: 'kept' },
    'becomes-folder': { text: 'a file' },
    'becomes-file/x': { text: 'x' },
    'becomes-file/deep/y': { text: 'y' },
    'run.sh': { text: 'echo', mode: 0o640 },
    link: { link: 'keep.txt' },
    'gone/with/all': { text: 'all' },
    'half/gone': { text: 'gone' },
    'half/stays': { text: 'stays' },
    'removed/empty/folder': 'folder',
    'becomes-empty': { text: 'a file' },
    'empty-becomes-file/deep': 'folder',
  };
  const after: Record<string, Entry> = {
    'keep.txt': { text: 'kept' },
    'becomes-folder/inside': { text: 'inside' },
    'becomes-file': { text: 'a folder no more' },
    'run.sh': { text: 'echo', mode: 0o750 },
    link: { link: 'run.sh' },
    'new/folder/of/mine': { text: 'mine' },
    'new/link': { link: 'folder' },
    'half/stays': { text: 'stays' },
    'added/empty/folder': 'folder',
    'becomes-empty': 'folder',
    'empty-becomes-file': { text: 'a folder no more' },
  };
  for (let index = 0; index < size; index += 1) {
    const dir = `src/part-${index % 3}`;
    if (index % 4 === 0)
      after[`${dir}/added-${index}`] = { text: `added ${index}`, mode: index % 8 === 0 ? 0o755 : 0o644 };
    if (index % 4 === 1) {
      before[`${dir}/edited-${index}`] = { text: `old ${index}`, mode: 0o600 };
      after[`${dir}/edited-${index}`] = { text: `new ${index}`, mode: 0o600 };
    }
    if (index % 4 === 2) before[`${dir}/deleted-${index}`] = { text: `deleted ${index}` };
    if (index % 4 === 3) {
      before[`${dir}/renamed-${index}`] = { text: `renamed ${index}` };
      after[`moved/to-${index}`] = { text: `renamed ${index}` };
    }
  }
  for (const part of [0, 1, 2]) {
    before[`src/part-${part}/rest`] = { text: 'rest' };
    after[`src/part-${part}/rest`] = { text: 'rest' };
  }
  return { before, after };
}

/** Hundreds of applies are told apart by what they leave, not by how long a disk takes to sync; where memory serves. */
function inMemory(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}
