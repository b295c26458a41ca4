import { sha256 } from '../base/hash.js';
import type { HeadRead } from './log-head.js';
import { parseLine } from './log-lines.js';
import { auditEnvelope, auditRecord } from './records.js';

/** How far a chain was followed: an immutable place between two lines. */
export interface ChainPlace {
  readonly lines: number;
  /** SHA-256 of the last line. */
  readonly sha256: string;
  /** Whether a session-end was among them. */
  readonly ended: boolean;
}

export const chainStart: ChainPlace = { lines: 0, sha256: sha256(''), ended: false };

export type ChainStep =
  | { readonly kind: 'follows'; readonly place: ChainPlace }
  | { readonly kind: 'broken'; readonly reason: string };

/** Whether a line follows from the place, and is the one that the head vouches for where the head speaks of it. */
export function followChain(place: ChainPlace, bytes: Buffer, head: HeadRead): ChainStep {
  const read = readLine(bytes, place);
  if (typeof read === 'string') return { kind: 'broken', reason: read };
  const next = { lines: place.lines + 1, sha256: sha256(bytes), ended: place.ended || read.ended };
  if (head.kind === 'head' && head.head.lines === next.lines && head.head.sha256 !== next.sha256)
    return { kind: 'broken', reason: 'the line is not the one that the head file vouches for' };
  return { kind: 'follows', place: next };
}

/** Why the chain cannot end here; `undefined` when it can. */
export function checkEnd({ lines, ended }: ChainPlace, head: HeadRead): string | undefined {
  if (head.kind === 'damaged') return 'the head file is damaged';
  if (head.kind === 'none') return ended ? 'the head file is missing' : undefined;
  if (head.head.lines <= lines) return undefined;
  return `the end is cut off: ${head.head.lines} lines were written, ${lines} are left`;
}

function readLine(bytes: Buffer, place: ChainPlace): string | { readonly ended: boolean } {
  const json = parseLine(bytes);
  const envelope = auditEnvelope.safeParse(json);
  if (!envelope.success) return 'the line is not an audit record';
  const { seq, prev } = envelope.data;
  if (seq !== place.lines) return `the line has number ${seq} where ${place.lines} belongs`;
  if (prev !== place.sha256) return 'the line does not follow from the one before it';
  const record = auditRecord.safeParse(json);
  if (!record.success) return 'the line is not a record of a known kind';
  if (record.data.kind === 'damage') return `damage was found earlier: ${record.data.reason}`;
  return { ended: record.data.kind === 'session-end' };
}
