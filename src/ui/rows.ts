import { changeKey } from '../workspace/changes.js';
import type { Review, ReviewedChange } from '../workspace/review-api.js';
import type { Risk } from '../workspace/risk/risk.js';

/** One line of the review: a change, or the two halves of a rename that are decided together. */
export interface Row {
  readonly review: Review;
  /** Path of the proposal; for a rename the new one. */
  readonly path: string;
  readonly reviewed: ReviewedChange;
  /** The deleted half of a rename. */
  readonly old?: ReviewedChange;
}

/** The undecided changes of a review in path order, renames paired while neither half is decided. */
export function listRows(review: Review): readonly Row[] {
  const open = review.list().filter(isUndecided);
  const byPath = new Map(open.map((entry) => [entry.change.path, entry]));
  const paired = new Set<string>();
  const rows: Row[] = [];
  for (const entry of open) {
    const old = entry.change.status === 'added' ? findOldHalf(entry, byPath) : undefined;
    if (old === undefined) continue;
    paired.add(entry.change.path).add(old.change.path);
    rows.push({ review, path: entry.change.path, reviewed: entry, old });
  }
  for (const entry of open) {
    if (!paired.has(entry.change.path)) rows.push({ review, path: entry.change.path, reviewed: entry });
  }
  return rows.sort((a, b) => comparePaths(a.path, b.path));
}

/** Why the row is protected; of both halves of a rename. */
export function rowRisks({ reviewed, old }: Row): readonly Risk[] {
  return [...reviewed.risks, ...(old?.risks ?? [])];
}

export function isUndecided(entry: ReviewedChange): boolean {
  return entry.decision !== 'applied' && entry.decision !== 'rejected';
}

/** The identity of what this row shows, for `Review.approve`. */
export function rowKey(row: Row): string {
  return changeKey(row.reviewed.change);
}

/** The row that holds a path as its proposal or as the old half of a rename. */
export function findRow(rows: readonly Row[], sessionId: string, path: string): Row | undefined {
  return rows.find(
    (row) => row.review.sessionId === sessionId && (row.path === path || row.old?.change.path === path),
  );
}

/** The row after (or before, with -1) a place in the list, going round; the first when the place is unknown. */
export function neighbourRow(rows: readonly Row[], from: Row | undefined, step: 1 | -1): Row | undefined {
  if (rows.length === 0) return undefined;
  const index = from === undefined ? -1 : rows.findIndex((row) => isSameRow(row, from));
  if (index === -1) return rows[step === 1 ? 0 : rows.length - 1];
  return rows[(index + step + rows.length) % rows.length];
}

export function isSameRow(a: Row, b: Row): boolean {
  return a.review.sessionId === b.review.sessionId && a.path === b.path;
}

function findOldHalf(added: ReviewedChange, byPath: ReadonlyMap<string, ReviewedChange>) {
  const from = added.change.renamedFrom;
  const old = from === undefined ? undefined : byPath.get(from);
  return old?.change.status === 'deleted' ? old : undefined;
}

/** Folders before files at every level, then by code unit: the order of the tree is the order of "next". */
function comparePaths(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const isLastLeft = i === left.length - 1;
    const isLastRight = i === right.length - 1;
    if (isLastLeft !== isLastRight) return isLastLeft ? 1 : -1;
    const l = left[i] ?? '';
    const r = right[i] ?? '';
    if (l !== r) return l < r ? -1 : 1;
  }
  return left.length - right.length;
}
