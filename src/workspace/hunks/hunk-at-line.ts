import type { Hunk } from './hunks.js';

/**
 * The hunk at a 0-based line of one side. A hunk that has lines on that side is only at these. One that has none
 * touches the line before its place and the line after it; where two touch the same line, it is the one below, since
 * editors mark such a place at the line above it. A hunk that contains the line goes before one that touches it.
 */
export function hunkAtLine(hunks: readonly Hunk[], line: number, side: 'old' | 'new'): Hunk | undefined {
  const startOf = (hunk: Hunk) => (side === 'old' ? hunk.oldStart : hunk.newStart);
  const lengthOf = (hunk: Hunk) => (side === 'old' ? hunk.oldLines.length : hunk.newLines.length);
  const next = findFirst(hunks, (hunk) => startOf(hunk) > line);
  const above = hunks[next - 1];
  if (above !== undefined && line < startOf(above) + lengthOf(above)) return above;
  const below = hunks[next];
  if (below !== undefined && lengthOf(below) === 0 && startOf(below) === line + 1) return below;
  if (above !== undefined && lengthOf(above) === 0 && startOf(above) === line) return above;
  return undefined;
}

/** Index of the first for which it holds; it must hold for all behind that one too. */
function findFirst<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
