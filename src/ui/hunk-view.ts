import { toVisibleLine } from '../base/visible-text.js';
import type { Hunk } from '../workspace/hunks/hunks.js';
import type { Translate } from './translate.js';

/** Of a hunk only what the tree shows: its lines are the diff's business. */
export interface HunkView {
  readonly key: string;
  /** 0-based, in the proposal: where the diff is opened. */
  readonly line: number;
  /** Lines of the proposal, from 1: `12–15`, or `12` for one line and for a place where lines are taken out. */
  readonly range: string;
  readonly added: number;
  readonly removed: number;
  /** The first line of it that is not blank, as it may be shown. */
  readonly excerpt: string;
}

const MAX_EXCERPT = 60;

export function toHunkView({ key, newStart, newLines, oldLines }: Hunk): HunkView {
  const lines = newLines.length > 0 ? newLines : oldLines;
  const first = newStart + 1;
  const last = newStart + newLines.length;
  return {
    key,
    line: newStart,
    range: last > first ? `${first}–${last}` : `${first}`,
    added: newLines.length,
    removed: oldLines.length,
    excerpt: toVisibleLine((lines.find((line) => line.trim() !== '') ?? '').trim(), MAX_EXCERPT),
  };
}

export function hunkLabel({ range, excerpt }: HunkView): string {
  return excerpt === '' ? `@@ ${range}` : `@@ ${range}  ${excerpt}`;
}

export function hunkDescription({ added, removed }: HunkView, isFresh: boolean, t: Translate): string {
  const counts = `+${added} −${removed}`;
  return isFresh ? `${counts} · ${t('new since you decided')}` : counts;
}
