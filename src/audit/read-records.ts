import { createReadStream } from 'node:fs';
import { splitLines } from './log-lines.js';
import { type AuditRecord, auditRecord } from './records.js';

/** The records of a log, without checking the chain (`verifyAuditLog` does). Ends at the first line that is none. */
export async function* readAuditRecords(file: string): AsyncGenerator<AuditRecord> {
  for await (const line of splitLines(createReadStream(file))) {
    const record = line.kind === 'whole' ? auditRecord.safeParse(parseJson(line.bytes)) : undefined;
    if (record?.success !== true) return;
    yield record.data;
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // `undefined` is no record, which is the answer.
    return undefined;
  }
}
