import { changeKey } from '../workspace/changes.js';
import type { Review, ReviewedChange } from '../workspace/review/review-api.js';
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

/** What the tree shows before everything else, and the rest. */
export type RowGroup = 'protected' | 'conflicts' | 'others';

const GROUPS: readonly RowGroup[] = ['protected', 'conflicts', 'others'];

/**
 * The undecided changes of a review in the order of the tree: the protected ones by what they could do, then what is
 * in conflict, then the rest; renames paired while neither half is decided.
 */
export function listRows(review: Review, entries: readonly ReviewedChange[] = review.list()): readonly Row[] {
  const open = entries.filter(isUndecided);
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
  return sortRows(rows);
}

/** What was decided, in path order. */
export function listDecided(review: Review, entries: readonly ReviewedChange[]): readonly Row[] {
  const decided = entries.filter((entry) => !isUndecided(entry));
  return sortRows(decided.map((reviewed) => ({ review, path: reviewed.change.path, reviewed })));
}

export function rowGroup(row: Row): RowGroup {
  if (!isUndecided(row.reviewed)) return 'others';
  if (rowRisks(row).length > 0) return 'protected';
  return isInConflict(row) ? 'conflicts' : 'others';
}

/** Why the row is protected; of both halves of a rename. */
export function rowRisks({ reviewed, old }: Row): readonly Risk[] {
  return old === undefined ? reviewed.risks : [...reviewed.risks, ...old.risks];
}

export function isInConflict({ reviewed, old }: Row): boolean {
  return reviewed.decision === 'conflict' || old?.decision === 'conflict';
}

export function isUndecided(entry: ReviewedChange): boolean {
  return entry.decision !== 'applied' && entry.decision !== 'rejected';
}

/** The identity of what this row shows, for `Review.approve`. */
export function rowKey(row: Row): string {
  return changeKey(row.reviewed.change);
}

/** The changes that are decided with this row. */
export function rowEntries({ reviewed, old }: Row): readonly ReviewedChange[] {
  return old === undefined ? [reviewed] : [reviewed, old];
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

interface Place {
  readonly row: Row;
  readonly group: number;
  /** Puts protected changes of one kind beside each other. */
  readonly rule: string;
  readonly parts: readonly string[];
}

function sortRows(rows: readonly Row[]): readonly Row[] {
  return rows
    .map((row): Place => {
      const group = rowGroup(row);
      const rule = group === 'protected' ? (rowRisks(row)[0]?.rule ?? '') : '';
      return { row, group: GROUPS.indexOf(group), rule, parts: row.path.split('/') };
    })
    .sort(comparePlaces)
    .map(({ row }) => row);
}

function comparePlaces(a: Place, b: Place): number {
  if (a.group !== b.group) return a.group - b.group;
  return a.rule === b.rule ? comparePaths(a.parts, b.parts) : compareText(a.rule, b.rule);
}

/** Folders before files at every level, then by code unit: the order of the tree is the order of "next". */
function comparePaths(left: readonly string[], right: readonly string[]): number {
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const isLastLeft = i === left.length - 1;
    const isLastRight = i === right.length - 1;
    if (isLastLeft !== isLastRight) return isLastLeft ? 1 : -1;
    const order = compareText(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareText(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
