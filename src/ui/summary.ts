import { isMarkable } from '../workspace/review/marks.js';
import { isInConflict, type Row, rowEntries, rowRisks } from './rows.js';

/** Of a change: nothing, some of its hunks, or all of it is marked. */
export type RowMark = 'none' | 'part' | 'all';

/** What a number of rows come to. */
export interface Summary {
  readonly files: number;
  readonly added: number;
  readonly removed: number;
  readonly conflicts: number;
  /** Rows that can be marked, those of them that are marked, and those of which only some hunks are. */
  readonly markable: number;
  readonly marked: number;
  readonly partly: number;
}

export const emptySummary: Summary = {
  files: 0,
  added: 0,
  removed: 0,
  conflicts: 0,
  markable: 0,
  marked: 0,
  partly: 0,
};

export function summarizeRow(row: Row): Summary {
  const { added, removed } = row.reviewed.change;
  const mark = rowMark(row);
  return {
    files: 1,
    // A rename changes no line.
    added: row.old === undefined ? added : 0,
    removed: row.old === undefined ? removed : 0,
    conflicts: isInConflict(row) ? 1 : 0,
    markable: isRowMarkable(row) ? 1 : 0,
    marked: mark === 'all' ? 1 : 0,
    partly: mark === 'part' ? 1 : 0,
  };
}

export function addSummaries(parts: readonly Summary[]): Summary {
  const sum = { ...emptySummary };
  for (const part of parts) {
    sum.files += part.files;
    sum.added += part.added;
    sum.removed += part.removed;
    sum.conflicts += part.conflicts;
    sum.markable += part.markable;
    sum.marked += part.marked;
    sum.partly += part.partly;
  }
  return sum;
}

export function isSameSummary(a: Summary, b: Summary): boolean {
  return (
    a.files === b.files &&
    a.added === b.added &&
    a.removed === b.removed &&
    a.conflicts === b.conflicts &&
    a.markable === b.markable &&
    a.marked === b.marked &&
    a.partly === b.partly
  );
}

/** Every part of it waits and can be written. */
export function isRowMarkable(row: Row): boolean {
  return rowEntries(row).every(isMarkable);
}

/** May be decided together with others: it can be marked, and is not protected. */
export function isOrdinary(row: Row): boolean {
  return isRowMarkable(row) && rowRisks(row).length === 0;
}

export function rowMark(row: Row): RowMark {
  if (!isRowMarkable(row)) return 'none';
  const kinds = rowEntries(row).map(({ mark }) => mark.kind);
  if (kinds.every((kind) => kind === 'all')) return 'all';
  return kinds.every((kind) => kind === 'none') ? 'none' : 'part';
}
