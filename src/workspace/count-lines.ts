import { isUtf8 } from 'node:buffer';
import { diffLines } from 'diff';

export interface LineCounts {
  readonly binary: boolean;
  readonly added: number;
  readonly removed: number;
}

/** As git: a NUL in the first 8000 bytes; and whatever is not UTF-8, since an editor could not show it. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0) || !isUtf8(bytes);
}

const EXACT_BYTES = 256 * 1024;
const EXACT_MS = 100;

/** Above this the text is not split any more. */
const SPLIT_BYTES = 1024 * 1024;
const NEWLINE = 10;

/**
 * Lines added and removed; for large or very different files counted as sets of lines, without their order; above
 * 1 MiB only by how many lines there are more or fewer. Never throws.
 */
export function countLines(before: Uint8Array, after: Uint8Array): LineCounts {
  if (isBinary(before) || isBinary(after)) return { binary: true, added: 0, removed: 0 };
  if (before.length > SPLIT_BYTES || after.length > SPLIT_BYTES) {
    const more = countNewlines(after) - countNewlines(before);
    return { binary: false, added: Math.max(more, 0), removed: Math.max(-more, 0) };
  }
  const oldText = Buffer.from(before).toString('utf8');
  const newText = Buffer.from(after).toString('utf8');
  if (oldText === '') return { binary: false, added: splitLines(newText).length, removed: 0 };
  if (newText === '') return { binary: false, added: 0, removed: splitLines(oldText).length };
  const exact = before.length + after.length <= EXACT_BYTES ? countExact(oldText, newText) : undefined;
  return { binary: false, ...(exact ?? countAsSets(oldText, newText)) };
}

function countExact(before: string, after: string): { added: number; removed: number } | undefined {
  const parts = diffLines(before, after, { timeout: EXACT_MS, maxEditLength: 4000 });
  if (parts === undefined) return undefined;
  let added = 0;
  let removed = 0;
  for (const part of parts) {
    if (part.added) added += part.count;
    else if (part.removed) removed += part.count;
  }
  return { added, removed };
}

function countAsSets(before: string, after: string): { added: number; removed: number } {
  const counts = new Map<string, number>();
  for (const line of splitLines(before)) counts.set(line, (counts.get(line) ?? 0) + 1);
  let added = 0;
  for (const line of splitLines(after)) {
    const left = counts.get(line) ?? 0;
    if (left === 0) added += 1;
    else counts.set(line, left - 1);
  }
  let removed = 0;
  for (const left of counts.values()) removed += left;
  return { added, removed };
}

/** As many as `splitLines` would give. */
function countNewlines(bytes: Uint8Array): number {
  let count = bytes.length > 0 && bytes.at(-1) !== NEWLINE ? 1 : 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
