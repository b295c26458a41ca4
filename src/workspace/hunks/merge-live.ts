import { composeHunks, computeHunks } from './hunks.js';
import { readEndings } from './line-endings.js';
import { markConflicts } from './mark-conflicts.js';
import type { MergeRegion } from './merge-regions.js';
import { mergeThree } from './merge-three.js';
import { splitLines } from './split-lines.js';

export interface LiveTexts {
  /** What both started from; undefined when nobody knows. */
  readonly base: string | undefined;
  /** The real file. */
  readonly ours: string;
  /** The agent's proposal. */
  readonly theirs: string;
}

export interface MergedText {
  /** `marked`: with markers around what conflicts. */
  readonly kind: 'clean' | 'marked';
  readonly text: string;
  /** What the merge was made from. */
  readonly base: string;
}

/**
 * The merge of two texts; undefined when they are too large. Without a base every difference is a conflict: which side
 * made it cannot be told.
 */
export function mergeLive({ base, ours, theirs }: LiveTexts): MergedText | undefined {
  if (base === undefined) return markDifferences(ours, theirs);
  const merged = mergeThree({ base, ours, theirs });
  switch (merged.kind) {
    case 'too-large':
      return undefined;
    case 'clean':
      return { kind: 'clean', text: merged.text, base };
    case 'conflict':
      return { kind: 'marked', text: merged.marked, base };
  }
}

function markDifferences(ours: string, theirs: string): MergedText {
  const hunks = computeHunks(ours, theirs);
  const lines = splitLines(ours);
  const regions: MergeRegion[] = [];
  let from = 0;
  for (const { oldStart, oldLines, newLines } of hunks) {
    regions.push({ kind: 'merged', lines: lines.slice(from, oldStart) });
    regions.push({ kind: 'conflict', base: [], ours: oldLines, theirs: newLines });
    from = oldStart + oldLines.length;
  }
  regions.push({ kind: 'merged', lines: lines.slice(from) });
  const newline = readEndings(ours) === 'crlf' ? '\r\n' : '\n';
  const common = hunks.map((hunk) => ({ ...hunk, newLines: [] }));
  return {
    kind: 'marked',
    text: markConflicts(regions, false, newline),
    base: composeHunks(ours, common, new Set(common.map(({ key }) => key))),
  };
}
