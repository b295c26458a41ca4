import { createReadStream } from 'node:fs';
import { parseLine, splitLines } from './log-lines.js';
import { type AuditRecord, auditEnvelope, auditRecord } from './records.js';

/** A line of a log: its number from 0, its time as ISO 8601, and what it records. */
export interface AuditEntry {
  readonly seq: number;
  readonly time: string;
  readonly record: AuditRecord;
}

/** The records of a log, without checking the chain (`verifyAuditLog` does). Ends at the first line that is none. */
export async function* readAuditRecords(file: string): AsyncGenerator<AuditRecord> {
  for await (const { record } of readAuditEntries(file)) yield record;
}

/** Like `readAuditRecords`, with number and time. */
export async function* readAuditEntries(file: string): AsyncGenerator<AuditEntry> {
  for await (const line of splitLines(createReadStream(file))) {
    const json = line.kind === 'whole' ? parseLine(line.bytes) : undefined;
    const [record, envelope] = [auditRecord.safeParse(json), auditEnvelope.safeParse(json)];
    if (!record.success || !envelope.success) return;
    yield { seq: envelope.data.seq, time: envelope.data.time, record: record.data };
  }
}
