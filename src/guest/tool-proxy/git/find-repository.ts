import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { WorkspacePath } from '../../../base/workspace-path.js';
import { codeOf } from '../files/beneath.js';

/** All absolute and real, below the workspace root. */
export interface Repository {
  readonly workTree: string;
  readonly gitDir: string;
  /** Where settings, objects and references are; another one than `gitDir` in a linked work tree. */
  readonly commonDir: string;
}

/** Why git may not start in this repository; for the agent. */
export class RepositoryRefusedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'RepositoryRefusedError';
  }
}

const MAX_BYTES = 1_048_576;
const MAX_ALTERNATES = 8;

/**
 * The repository that git would find from `cwd`; undefined when there is none. git is then told of it rather than left
 * to search, so that what was looked at is what it uses. Throws RepositoryRefusedError when a part of it lies outside.
 */
export function findRepository(root: string, cwd: WorkspacePath): Repository | undefined {
  const start = cwd === '' ? root : `${root}/${cwd}`;
  for (let workTree = start; ; workTree = dirname(workTree)) {
    if (exists(`${workTree}/.git`)) return openRepository(root, workTree);
    if (workTree === root) return undefined;
  }
}

/** Real path of what must stay in the workspace. Throws RepositoryRefusedError. */
export function keepInside(root: string, path: string, what: string): string {
  let real: string;
  try {
    // The kernel's own reading: Node's would take `link/..` for nothing.
    real = realpathSync.native(path);
  } catch (error) {
    throw new RepositoryRefusedError(`${what} cannot be followed (${codeOf(error) || 'unreadable'})`);
  }
  if (real !== root && !real.startsWith(`${root}/`))
    throw new RepositoryRefusedError(`${what} leads out of the workspace`);
  return real;
}

/** A small file, or undefined when there is none. Throws RepositoryRefusedError for what is no ordinary file. */
export function readSmallFile(path: string, what: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw new RepositoryRefusedError(`${what} cannot be read (${codeOf(error)})`);
  }
  try {
    const { size } = fstatSync(file);
    if (!fstatSync(file).isFile() || size > MAX_BYTES)
      throw new RepositoryRefusedError(`${what} is no ordinary file of at most ${MAX_BYTES} bytes`);
    const bytes = Buffer.alloc(size);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function openRepository(root: string, workTree: string): Repository {
  const gitDir = followGitFile(root, keepInside(root, `${workTree}/.git`, '.git'));
  const pointer = readSmallFile(`${gitDir}/commondir`, '.git/commondir');
  const commonDir =
    pointer === undefined
      ? gitDir
      : keepInside(root, joinPath(gitDir, pointer.replace(/[\r\n]+$/, '')), '.git/commondir');
  for (const dir of new Set([gitDir, commonDir, `${commonDir}/info`, `${commonDir}/objects/info`]))
    keepLinksInside(root, dir);
  followAlternates(root, `${commonDir}/objects`);
  return { workTree, gitDir, commonDir };
}

function followGitFile(root: string, path: string): string {
  if (lstatSync(path).isDirectory()) return path;
  const target = /^gitdir: (.+?)[\r\n]*$/s.exec(readSmallFile(path, '.git') ?? '')?.[1];
  if (target === undefined) throw new RepositoryRefusedError('.git is a file that names no directory');
  return keepInside(root, joinPath(dirname(path), target), 'the directory that .git names');
}

/** What git reads as text and may repeat in its messages: it must not be a link to a file outside. */
function keepLinksInside(root: string, dir: string): void {
  if (!exists(dir)) return;
  for (const entry of readdirSync(dir, { withFileTypes: true }))
    if (entry.isSymbolicLink()) keepInside(root, `${dir}/${entry.name}`, `the link ${entry.name} in .git`);
}

/** Other stores of objects that this one goes on to, and those that they go on to. */
function followAlternates(root: string, first: string): void {
  const pending = [first];
  const seen = new Set<string>();
  for (let objects = pending.pop(); objects !== undefined; objects = pending.pop()) {
    if (seen.has(objects)) continue;
    seen.add(objects);
    if (seen.size > MAX_ALTERNATES) throw new RepositoryRefusedError('objects/info/alternates are too many');
    const lines = (readSmallFile(`${objects}/info/alternates`, 'objects/info/alternates') ?? '').split('\n');
    for (const line of lines) {
      if (line === '' || line.startsWith('#')) continue;
      // git undoes a C-like quoting then.
      if (line.startsWith('"')) throw new RepositoryRefusedError('objects/info/alternates has a quoted line');
      pending.push(keepInside(root, joinPath(objects, line), 'objects/info/alternates'));
    }
  }
}

/** As git puts them together: nothing is taken out of it. */
export function joinPath(from: string, path: string): string {
  return path.startsWith('/') ? path : `${from}/${path}`;
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
