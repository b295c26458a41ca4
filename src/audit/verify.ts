import { createReadStream } from 'node:fs';
import { type ChainPlace, chainStart, checkEnd, followChain } from './chain-check.js';
import { readHead } from './log-head.js';
import { splitLines } from './log-lines.js';

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
  let place: ChainPlace = chainStart;
  for await (const line of splitLines(createReadStream(file))) {
    if (line.kind !== 'whole') return { kind: 'broken', line: place.lines + 1, reason: line.reason };
    const step = followChain(place, line.bytes, head);
    if (step.kind === 'broken') return { kind: 'broken', line: place.lines + 1, reason: step.reason };
    place = step.place;
  }
  const cut = checkEnd(place, head);
  return cut === undefined
    ? { kind: 'intact', ...place }
    : { kind: 'broken', line: place.lines + 1, reason: cut };
}
