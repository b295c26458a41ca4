import type { RowFilter } from '../../audit/view/filter-rows.js';
import type { AuditLogView } from '../../audit/view/log-view.js';
import type { ViewRow } from '../../audit/view/view-row.js';
import { toVisibleLine } from '../../base/visible-text.js';
import type { Translate } from '../translate.js';

export const everything: RowFilter = { kind: '', tool: '', decision: '', text: '', timeline: false };

/** What the page asks for. */
export type AuditRequest =
  | { readonly type: 'ready' | 'export' | 'reveal' }
  | { readonly type: 'filter'; readonly filter: RowFilter }
  /** By place among the rows that the filter leaves. */
  | { readonly type: 'rows'; readonly from: number; readonly count: number }
  | { readonly type: 'open'; readonly seq: number };

export interface PageRow {
  readonly seq: number;
  /** Since the first record. */
  readonly after: string;
  readonly kind: string;
  readonly severity: string;
  readonly text: string;
  readonly took: string;
  /** It speaks of a change, which can be looked for. */
  readonly opens: boolean;
}

export interface LogStatus {
  readonly level: 'ok' | 'running' | 'bad';
  readonly text: string;
}

export type AuditMessage =
  | {
      readonly type: 'state';
      readonly status: LogStatus;
      /** Another number when another filter holds. */
      readonly filter: number;
      /** How many rows the filter leaves, of how many, in words. */
      readonly count: number;
      readonly counted: string;
      readonly choices: {
        readonly kind: readonly string[];
        readonly tool: readonly string[];
        readonly decision: readonly string[];
      };
    }
  | { readonly type: 'rows'; readonly from: number; readonly rows: readonly PageRow[] };

const MAX_ROWS = 500;
const MAX_FILTER = 200;
const plain = ['ready', 'export', 'reveal'] as const;

/** Undefined for what the page never sends. */
export function parseAuditRequest(message: unknown): AuditRequest | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(message));
  const type = fields.get('type');
  const found = plain.find((one) => one === type);
  if (found !== undefined) return { type: found };
  const [from, count, seq] = ['from', 'count', 'seq'].map((name) => toIndex(fields.get(name)));
  if (type === 'rows' && from !== undefined && count !== undefined)
    return { type, from, count: Math.min(count, MAX_ROWS) };
  if (type === 'open' && seq !== undefined) return { type, seq };
  if (type !== 'filter') return undefined;
  const text = (name: string) => String(fields.get(name) ?? '').slice(0, MAX_FILTER);
  const filter = { kind: text('kind'), tool: text('tool'), decision: text('decision'), text: text('text') };
  return { type, filter: { ...filter, timeline: fields.get('timeline') === true } };
}

function toIndex(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

export function toPageRow(row: ViewRow, began: number, took: number | undefined): PageRow {
  const { seq, kind, severity, text, path } = row;
  return {
    ...{ seq, kind, severity, text, opens: path !== undefined },
    after: formatMs(Math.max(0, row.at - began)),
    took: took === undefined ? '' : formatMs(took),
  };
}

/** What is known of the record as a whole; `isRead` is false while it is still being read for the first time. */
export function describeStatus(
  { verification }: Pick<AuditLogView, 'verification'>,
  { isRead, mayGrow }: { readonly isRead: boolean; readonly mayGrow: boolean },
  t: Translate,
): LogStatus {
  if (!isRead) return { level: 'running', text: t('Reading and checking the record…') };
  if (verification.kind === 'broken') {
    const reason = toVisibleLine(verification.reason);
    return {
      level: 'bad',
      text: t('Broken at line {0}: {1}. What follows cannot be relied on.', verification.line, reason),
    };
  }
  const { lines, ended, sha256 } = verification;
  if (ended) return { level: 'ok', text: t('Intact: {0} records, the last with SHA-256 {1}', lines, sha256) };
  if (mayGrow)
    return { level: 'running', text: t('Intact so far, {0} records: the session is not over.', lines) };
  return {
    level: 'bad',
    text: t(
      'It has no end, and nobody writes to it any more: the session was cut short, or its end was removed. The {0} records that are left follow from each other.',
      lines,
    ),
  };
}

function formatMs(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = `${Math.floor(seconds % 60)} s`;
  return minutes < 60 ? `${minutes} min ${rest}` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
