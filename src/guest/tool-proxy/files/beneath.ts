import { closeSync, constants, mkdirSync, openSync } from 'node:fs';

// open(2) on Linux; node:fs does not name it. Needs only search permission on the directory.
const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;
const DIRECTORY = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW | O_CLOEXEC;

/** A path that went wrong on the way, with the reason for the agent or the host. */
export class PathRefusedError extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PathRefusedError';
    this.code = code;
  }
}

/**
 * Calls `work` with a path whose directory part is held open and was reached through real directories
 * only, so that no symlink, not even one swapped in meanwhile, can lead elsewhere: Node has no
 * openat2(RESOLVE_BENEATH), and /proc/self/fd/N/NAME is the same thing step by step.
 * `path` is canonical and relative to `root`.
 */
export function withEntry<T>(
  root: string,
  path: string,
  makeParents: boolean,
  work: (entry: string) => T,
): T {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let dir = openSync(root, O_PATH | constants.O_DIRECTORY | O_CLOEXEC);
  try {
    for (const part of parts) {
      const next = openDirectory(`/proc/self/fd/${dir}/${part}`, makeParents);
      closeSync(dir);
      dir = next;
    }
    return work(`/proc/self/fd/${dir}/${name}`);
  } finally {
    closeSync(dir);
  }
}

/** Opens a file itself, never what a symlink points to; does not wait on a FIFO. */
export function openBeneath(root: string, path: string, flags: number, mode?: number): number {
  return withEntry(root, path, (flags & constants.O_CREAT) !== 0, (entry) =>
    openSync(entry, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK | O_CLOEXEC, mode),
  );
}

function openDirectory(entry: string, make: boolean): number {
  try {
    return openSync(entry, DIRECTORY);
  } catch (error) {
    if (!make || codeOf(error) !== 'ENOENT') throw error;
    mkdirSync(entry, 0o777);
    return openSync(entry, DIRECTORY);
  }
}

/** The errno name of a failed system call, or ''. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
