import { hunkAtLine } from '../../workspace/hunks/hunk-at-line.js';
import type { Hunk } from '../../workspace/hunks/hunks.js';

/** Where the cursor stands: a 0-based line of one side. */
export interface Place {
  readonly side: 'old' | 'new';
  readonly line: number;
}

/** The line of the proposal at which `hunkAtLine` finds the hunk; for lines taken out the one above. */
export function lineOfHunk({ newStart, newLines }: Hunk): number {
  return newLines.length > 0 ? newStart : Math.max(newStart - 1, 0);
}

/**
 * The hunk at the cursor. `shown` is the key of the one that was last put under it: where two touch the line, that is
 * the one that is meant.
 */
export function hunkAtPlace(hunks: readonly Hunk[], place: Place, shown?: string): Hunk | undefined {
  const found = hunkAtLine(hunks, place.line, place.side);
  const meant = hunks.find(({ key }) => key === shown);
  if (found === undefined || meant === undefined || meant === found) return found;
  return touches(meant, place) && !contains(found, place) ? meant : found;
}

/** The next hunk behind the cursor, or the one before it; undefined when the file has none there. */
export function stepHunk(
  hunks: readonly Hunk[],
  place: Place | undefined,
  step: 1 | -1,
  shown?: string,
): Hunk | undefined {
  if (place === undefined) return hunks.at(step === 1 ? 0 : -1);
  const current = hunkAtPlace(hunks, place, shown);
  if (current !== undefined) {
    const index = hunks.indexOf(current) + step;
    return index < 0 ? undefined : hunks[index];
  }
  return step === 1
    ? hunks.find((hunk) => startOf(hunk, place) > place.line)
    : hunks.findLast((hunk) => startOf(hunk, place) <= place.line);
}

function startOf(hunk: Hunk, { side }: Place): number {
  return side === 'old' ? hunk.oldStart : hunk.newStart;
}

function lengthOf(hunk: Hunk, { side }: Place): number {
  return (side === 'old' ? hunk.oldLines : hunk.newLines).length;
}

function contains(hunk: Hunk, place: Place): boolean {
  const start = startOf(hunk, place);
  return start <= place.line && place.line < start + lengthOf(hunk, place);
}

/** A hunk without lines on that side lies between two lines, and touches both. */
function touches(hunk: Hunk, place: Place): boolean {
  const start = startOf(hunk, place);
  return lengthOf(hunk, place) === 0 && (start === place.line || start === place.line + 1);
}
