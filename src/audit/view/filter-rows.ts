import type { ViewRow } from './view-row.js';

/** What is to be shown; an empty text means everything. */
export interface RowFilter {
  readonly kind: string;
  readonly tool: string;
  readonly decision: string;
  /** Anywhere in the row, in any case. */
  readonly text: string;
  /** Only what gives the session its shape: begin, turns, tools, warnings, decisions, end. */
  readonly timeline: boolean;
}

/** The rows that fit, in their order; the filters hold together. */
export function filterRows(rows: readonly ViewRow[], filter: RowFilter): readonly ViewRow[] {
  const text = filter.text.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (filter.kind === '' || row.kind === filter.kind) &&
      (filter.tool === '' || row.tool === filter.tool) &&
      (filter.decision === '' || row.decision === filter.decision) &&
      (!filter.timeline || isMilestone(row)) &&
      (text === '' || row.text.toLowerCase().includes(text)),
  );
}

function isMilestone({ kind, severity }: ViewRow): boolean {
  switch (kind) {
    case 'tool-end':
    case 'process':
    case 'model-call':
    case 'change':
      return false;
    case 'notice':
      return severity !== 'info';
    default:
      return true;
  }
}
