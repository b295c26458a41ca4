import { describeError } from '../base/errors.js';

/** The `code` of a file system error (`ENOENT`, …), or the empty string. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** True when the error says that nothing is at the path. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** For the `catch` of a promise: nothing, when nothing is at the path; else the error. */
export function ignoreMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on this disk is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'you have no permission to write there',
  EPERM: 'the file system does not permit it',
  EMFILE: 'this process has too many files open',
  ENFILE: 'the system has too many files open',
  EIO: 'the disk reports an error',
  ENAMETOOLONG: 'the name is too long for this file system',
  EFBIG: 'it is larger than this file system or a limit of yours allows',
};

/** What a failed call of the file system means, in a clause; the system's own words for what is not listed. */
export function describeFsError(error: unknown): string {
  const cause = CAUSES[codeOf(error)];
  return cause === undefined ? describeError(error) : `${cause} (${codeOf(error)})`;
}
