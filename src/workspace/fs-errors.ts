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
