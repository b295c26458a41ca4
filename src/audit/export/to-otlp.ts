import type { AuditEntry } from '../read-records.js';
import type { AuditRecord } from '../records.js';
import { describeRecord, type Severity, severityOf } from './describe-record.js';

const BATCH = 500;
/** SeverityNumber of the data model. */
const severities: Readonly<Record<Severity, readonly [number, string]>> = {
  info: [9, 'INFO'],
  warning: [13, 'WARN'],
  error: [17, 'ERROR'],
};

type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number };

/**
 * A log as lines of OTLP/JSON, each an export request of its own, as the file exporter writes them: 64-bit numbers are
 * strings. https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/ and
 * https://opentelemetry.io/docs/specs/otel/logs/data-model/
 */
export async function* toOtlp(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  let batch: AuditEntry[] = [];
  let session = '';
  for await (const entry of entries) {
    if (entry.record.kind === 'session-start') session = entry.record.sessionId;
    batch.push(entry);
    if (batch.length < BATCH) continue;
    yield printRequest(session, batch);
    batch = [];
  }
  if (batch.length > 0) yield printRequest(session, batch);
}

function printRequest(session: string, entries: readonly AuditEntry[]): string {
  const attributes = [attribute('service.name', 'airlock'), attribute('session.id', session)];
  const scopeLogs = [{ scope: { name: 'airlock.audit' }, logRecords: entries.map(toLogRecord) }];
  return `${JSON.stringify({ resourceLogs: [{ resource: { attributes }, scopeLogs }] })}\n`;
}

function toLogRecord({ seq, time, record }: AuditEntry) {
  const [severityNumber, severityText] = severities[severityOf(record)];
  return {
    timeUnixNano: `${BigInt(Date.parse(time)) * 1_000_000n}`,
    severityNumber,
    severityText,
    eventName: `airlock.${record.kind}`,
    body: { stringValue: describeRecord(record) },
    attributes: [attribute('airlock.seq', seq), ...attributesOf(record)],
  };
}

function attributesOf(record: AuditRecord) {
  return Object.entries(record)
    .filter(([name, value]) => name !== 'kind' && value !== undefined && value !== null)
    .map(([name, value]) => attribute(`airlock.${name}`, value));
}

function attribute(key: string, value: unknown): { readonly key: string; readonly value: AnyValue } {
  return { key, value: toAnyValue(value) };
}

function toAnyValue(value: unknown): AnyValue {
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value !== 'number') return { stringValue: JSON.stringify(value) };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
