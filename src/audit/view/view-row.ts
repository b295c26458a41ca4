import { toVisibleLine } from '../../base/visible-text.js';
import { describeRecord, type Severity, severityOf } from '../export/describe-record.js';
import type { AuditEntry } from '../read-records.js';
import type { AuditRecord } from '../records.js';

const MAX_TEXT = 500;

/** A record as a viewer lists it: small, since a log may hold hundreds of thousands. */
export interface ViewRow {
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: AuditRecord['kind'];
  readonly severity: Severity;
  readonly text: string;
  readonly tool?: string;
  /** What the policy said of a tool, what the user answered, or what became of a change. */
  readonly decision?: string;
  /** Of the change that it speaks of. */
  readonly path?: string;
  readonly callId?: string;
  /** How long what it tells of took. */
  readonly ms?: number;
}

export function toViewRow({ seq, time, record }: AuditEntry): ViewRow {
  return {
    seq,
    at: Date.parse(time),
    kind: record.kind,
    severity: severityOf(record),
    text: toVisibleLine(describeRecord(record), MAX_TEXT),
    ...detailsOf(record),
  };
}

function detailsOf(record: AuditRecord): Pick<ViewRow, 'tool' | 'decision' | 'path' | 'callId' | 'ms'> {
  switch (record.kind) {
    case 'tool':
      return { tool: record.tool, decision: record.answer ?? record.decision, callId: record.callId };
    case 'tool-end':
      return { callId: record.callId, ms: record.ms };
    case 'change':
      return { path: record.path };
    case 'change-decision':
      return { path: record.path, decision: record.decision };
    case 'model-call':
    case 'turn':
    case 'self-test':
    case 'session-end':
      return { ms: record.ms };
    default:
      return {};
  }
}
