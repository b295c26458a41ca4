import type { ReviewIndex } from './review-index.js';
import { isInConflict, type Row, rowEntries, rowGroup } from './rows.js';
import { rowMark } from './summary.js';
import type { Translate } from './translate.js';

export const filterKinds = [
  'all',
  'pending',
  'protected',
  'conflicts',
  'binary',
  'marked',
  'decided',
] as const;

export type FilterKind = (typeof filterKinds)[number];

/** Which rows the tree shows: those of a kind whose path contains a text, in whatever case. */
export interface ChangesFilter {
  readonly kind: FilterKind;
  /** Empty for every path. */
  readonly text: string;
}

export const noFilter: ChangesFilter = { kind: 'all', text: '' };

/** More than any path has; what is typed in is kept and shown. */
const MAX_TEXT = 4096;

export function isFiltering({ kind, text }: ChangesFilter): boolean {
  return kind !== 'all' || text !== '';
}

export function filterRows(index: ReviewIndex, filter: ChangesFilter): readonly Row[] {
  const rows = filter.kind === 'decided' ? index.decided : index.rows;
  if (!isFiltering(filter)) return rows;
  const wanted = filter.text.toLowerCase();
  return rows.filter(
    (row) =>
      isOfKind(row, filter.kind) &&
      rowEntries(row).some(({ change }) => change.path.toLowerCase().includes(wanted)),
  );
}

/** What was stored, when it still is a filter. */
export function readFilter(stored: unknown): ChangesFilter {
  if (typeof stored !== 'object' || stored === null) return noFilter;
  const kind = 'kind' in stored ? filterKinds.find((known) => known === stored.kind) : undefined;
  const text = 'text' in stored && typeof stored.text === 'string' ? stored.text : '';
  return { kind: kind ?? 'all', text: text.slice(0, MAX_TEXT) };
}

export function nameFilter(kind: FilterKind, t: Translate): string {
  switch (kind) {
    case 'all':
      return t('All');
    case 'pending':
      return t('Pending');
    case 'protected':
      return t('Protected');
    case 'conflicts':
      return t('Conflicts');
    case 'binary':
      return t('Binary');
    case 'marked':
      return t('Marked');
    case 'decided':
      return t('Decided');
  }
}

export function explainFilter(kind: FilterKind, t: Translate): string {
  switch (kind) {
    case 'all':
      return t('everything that waits for a decision');
    case 'pending':
      return t('what can be approved as it is');
    case 'protected':
      return t('what is asked about once more');
    case 'conflicts':
      return t('files that you changed too');
    case 'binary':
      return t('files without lines');
    case 'marked':
      return t('what Apply Marked Changes would write');
    case 'decided':
      return t('what you approved or rejected');
  }
}

function isOfKind(row: Row, kind: FilterKind): boolean {
  switch (kind) {
    case 'all':
    case 'decided':
      return true;
    case 'pending':
      return row.reviewed.decision === 'pending' && row.reviewed.change.status !== 'refused';
    case 'protected':
      return rowGroup(row) === 'protected';
    case 'conflicts':
      return isInConflict(row);
    case 'binary':
      return row.reviewed.change.binary;
    case 'marked':
      return rowMark(row) !== 'none';
  }
}
