import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import type { WorkspacePath } from '../../../base/workspace-path.js';
import { PathRefusedError } from '../files/beneath.js';
import type { Directory } from './state.js';

const MAX_LINKS = 40;

/** A system error that a shell would report, in the words of strerror(3). */
export class PathError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'PathError';
  }
}

/**
 * What `path` names, links followed step by step as the kernel does; only the last part may be missing.
 * `root` is real. Throws PathError, and PathRefusedError when the way leaves the workspace.
 */
export function resolvePath(root: string, cwd: WorkspacePath, path: string): WorkspacePath {
  if (path === '') throw new PathError('No such file or directory');
  if (path.includes('\0')) throw new PathRefusedError('EINVAL', 'the path contains a NUL byte');
  const pending = path.split('/').reverse();
  let real: readonly string[] = path.startsWith('/') ? enter(root, pending, path) : partsOf(cwd);
  for (let links = 0; pending.length > 0; ) {
    const name = pending.pop() ?? '';
    if (name === '' || name === '.') {
      requireDirectory(root, real);
    } else if (name === '..') {
      requireDirectory(root, real);
      if (real.length === 0) throw leaves(path);
      real = real.slice(0, -1);
    } else {
      const stat = lookUp(root, real, name);
      if (stat === undefined && pending.some((part) => part !== ''))
        throw new PathError('No such file or directory');
      if (stat?.isSymbolicLink() !== true) {
        real = [...real, name];
        continue;
      }
      links += 1;
      if (links > MAX_LINKS) throw new PathError('Too many levels of symbolic links');
      const target = readlinkSync([root, ...real, name].join('/'));
      pending.push(...target.split('/').reverse());
      if (target.startsWith('/')) real = enter(root, pending, path);
    }
  }
  return real.join('/');
}

/** Where `cd` leads, by bash's logical rule: `..` takes back the last part of the name. */
export function changeDirectory(root: string, { logical }: Directory, path: string): Directory {
  if (path === '') throw new PathError('No such file or directory');
  const parts = path.startsWith('/') ? [] : partsOf(logical);
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else {
      requireFollowed(`/${parts.join('/')}`);
      parts.pop();
    }
  }
  const target = `/${parts.join('/')}`;
  requireFollowed(target);
  const real = realpathSync(target);
  if (real !== root && !real.startsWith(`${root}/`)) throw leaves(path);
  return { logical: target, physical: real === root ? '' : real.slice(root.length + 1) };
}

/** An absolute path goes on below the root or nowhere; its leading parts are taken from `pending`. */
function enter(root: string, pending: string[], path: string): readonly string[] {
  for (const expected of partsOf(root)) {
    let part = pending.pop();
    while (part === '' || part === '.') part = pending.pop();
    if (part !== expected) throw leaves(path);
  }
  return [];
}

function lookUp(root: string, real: readonly string[], name: string) {
  try {
    return lstatSync([root, ...real, name].join('/'), { throwIfNoEntry: false });
  } catch (error) {
    throw new PathError(describeSystemError(error));
  }
}

function requireDirectory(root: string, real: readonly string[]): void {
  requireFollowed([root, ...real].join('/'));
}

function requireFollowed(path: string): void {
  let isDirectory: boolean | undefined;
  try {
    isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  } catch (error) {
    throw new PathError(describeSystemError(error));
  }
  if (isDirectory === undefined) throw new PathError('No such file or directory');
  if (!isDirectory) throw new PathError('Not a directory');
}

function leaves(path: string): PathRefusedError {
  return new PathRefusedError('EOUTSIDE', `"${path}" is outside the workspace`);
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

const MEANINGS: Readonly<Record<string, string>> = {
  E2BIG: 'Argument list too long',
  EACCES: 'Permission denied',
  EAGAIN: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  EDQUOT: 'Disk quota exceeded',
  EFBIG: 'File too large',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  ENAMETOOLONG: 'File name too long',
  ENOENT: 'No such file or directory',
  ENOEXEC: 'Exec format error',
  ENOMEM: 'Cannot allocate memory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENXIO: 'No such device or address',
  EPERM: 'Operation not permitted',
  EROFS: 'Read-only file system',
  ETXTBSY: 'Text file busy',
};

/** A failed system call in the words of strerror(3). Throws what is no system error. */
export function describeSystemError(error: unknown): string {
  if (error instanceof PathError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') throw error;
  return MEANINGS[code] ?? code;
}
