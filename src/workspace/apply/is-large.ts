import type { FileState } from '../changes.js';

const LARGE_BYTES = 4 * 1024 * 1024;

/** So large that only few of them at a time are to be in memory. */
export function isLarge(state: FileState): boolean {
  return state.kind === 'file' && state.size > LARGE_BYTES;
}
