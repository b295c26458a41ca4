import type { AuditRecord } from '../records.js';

export type Severity = 'info' | 'warning' | 'error';

/** A record in a sentence, for people; its texts are those of the log, which are visible and bounded already. */
export function describeRecord(record: AuditRecord): string {
  switch (record.kind) {
    case 'session-start':
      return `The session began: ${record.agent} with ${record.model} (${record.provider}), policy ${record.preset}`;
    case 'tool':
      return `${record.decision}: ${record.tool} ${record.summary} (${record.rule}: ${record.reason})${describeAnswer(record)}`;
    case 'tool-end':
      return `${record.callId} ${record.ok ? 'succeeded' : 'failed'} after ${Math.round(record.ms)} ms${because(record.denied ?? record.error)}`;
    case 'process':
      return `process ${record.pid} of ${record.parent}: ${record.argv.join(' ')}`;
    case 'self-test':
      return `self-test as ${record.principal}: ${describeResults(record.results)}`;
    case 'model-call':
      return `model call ${record.path}: ${record.status}${because(record.error)}`;
    case 'change':
      return `proposed: ${record.status} ${record.path}`;
    case 'change-decision':
      return `${record.decision}: ${record.path}${because(record.reason)}`;
    case 'notice':
      return record.text;
    case 'turn':
      return `Turn ${record.turn} ended: ${record.stopReason}`;
    case 'damage':
      return `The log was found damaged: ${record.reason}`;
    case 'log-removed':
      return `The log of session ${record.sessionId} was removed (${record.lines} records)${because(record.broken)}`;
    case 'session-end':
      return `The session ended: ${record.outcome}${because(record.detail)}`;
  }
}

/** How much it matters to who looks for trouble. */
export function severityOf(record: AuditRecord): Severity {
  switch (record.kind) {
    case 'damage':
      return 'error';
    case 'notice':
      return record.level;
    case 'tool':
      return record.decision === 'deny' || record.answer === 'deny' ? 'warning' : 'info';
    case 'change-decision':
      return record.decision === 'failed' ? 'error' : isUndone(record.decision) ? 'warning' : 'info';
    case 'self-test':
      return record.results.every(({ status }) => status === 'proven') ? 'info' : 'warning';
    case 'tool-end':
      return record.ok ? 'info' : 'warning';
    case 'model-call':
      return record.error === undefined ? 'info' : 'warning';
    case 'session-end':
      return record.outcome === 'failed' ? 'error' : 'info';
    default:
      return 'info';
  }
}

function describeResults(results: Extract<AuditRecord, { kind: 'self-test' }>['results']): string {
  const open = results.filter(({ status }) => status !== 'proven');
  if (open.length === 0) return `${results.length} guarantees proven`;
  return open.map(({ id, status, reason }) => `${id} ${status}: ${reason}`).join('; ');
}

function isUndone(decision: string): boolean {
  return decision === 'conflict' || decision === 'refused';
}

function describeAnswer({ answer, answeredBy, waitedMs }: Extract<AuditRecord, { kind: 'tool' }>): string {
  if (answer === undefined) return '';
  const waited = waitedMs === undefined ? '' : ` after ${(waitedMs / 1000).toFixed(1)} s`;
  return `; answered ${answer} (${answeredBy ?? 'unknown'})${waited}`;
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}
