import { createReadStream } from 'node:fs';
import { sha256 } from '../base/hash.js';
import { type HeadRead, readHead } from './log-head.js';
import { splitLines } from './log-lines.js';
import { auditEnvelope, auditRecord } from './records.js';

export type Verification =
  | {
      readonly kind: 'intact';
      readonly lines: number;
      /** Whether a session-end is in it; without, the session crashed or still runs. */
      readonly ended: boolean;
      /** SHA-256 of the last line, to be compared with a copy kept elsewhere. */
      readonly sha256: string;
    }
  /** `line` counts from 1. */
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string };

/**
 * Finds an edited, removed, inserted or reordered line, and an end that was cut off below what the
 * `.head` file vouches for. Somebody who can rewrite both files whole leaves no trace. Rejects when the
 * file cannot be read.
 */
export async function verifyAuditLog(file: string): Promise<Verification> {
  const head = await readHead(file);
  let lines = 0;
  let hash = sha256('');
  let ended = false;
  for await (const line of splitLines(createReadStream(file))) {
    const problem = line.kind === 'whole' ? checkLine(line.bytes, lines, hash) : line.reason;
    if (problem !== undefined) return { kind: 'broken', line: lines + 1, reason: problem };
    if (line.kind !== 'whole') break;
    lines += 1;
    hash = sha256(line.bytes);
    ended ||= isSessionEnd(line.bytes);
    if (head.kind === 'head' && head.head.lines === lines && head.head.sha256 !== hash) {
      return {
        kind: 'broken',
        line: lines,
        reason: 'the line is not the one that the head file vouches for',
      };
    }
  }
  const cut = checkHead(head, lines, ended);
  return cut === undefined
    ? { kind: 'intact', lines, ended, sha256: hash }
    : { kind: 'broken', line: lines + 1, reason: cut };
}

function checkHead(head: HeadRead, lines: number, ended: boolean): string | undefined {
  if (head.kind === 'damaged') return 'the head file is damaged';
  if (head.kind === 'none') return ended ? 'the head file is missing' : undefined;
  if (head.head.lines <= lines) return undefined;
  return `the end is cut off: ${head.head.lines} lines were written, ${lines} are left`;
}

function checkLine(bytes: Buffer, seq: number, prev: string): string | undefined {
  const json = parseJson(bytes);
  const envelope = auditEnvelope.safeParse(json);
  if (!envelope.success) return 'the line is not an audit record';
  if (envelope.data.seq !== seq) return `the line has number ${envelope.data.seq} where ${seq} belongs`;
  if (envelope.data.prev !== prev) return 'the line does not follow from the one before it';
  const record = auditRecord.safeParse(json);
  if (!record.success) return 'the line is not a record of a known kind';
  return record.data.kind === 'damage' ? `damage was found earlier: ${record.data.reason}` : undefined;
}

function isSessionEnd(bytes: Buffer): boolean {
  const record = auditRecord.safeParse(parseJson(bytes));
  return record.success && record.data.kind === 'session-end';
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // `undefined` fails every schema, which is the answer.
    return undefined;
  }
}
