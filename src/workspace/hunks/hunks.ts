import { sha256 } from '../../base/hash.js';
import { diffLines } from './diff-lines.js';
import { splitLines } from './split-lines.js';

/** One change to a text, without context. Two hunks have at least one equal line between them. */
export interface Hunk {
  /**
   * What a decision holds for: a hash of the lines removed, the lines added, and which of the hunks equal in both it
   * is. Independent of the place, so that a decision survives edits elsewhere.
   */
  readonly key: string;
  /** 0-based, in the old text. */
  readonly oldStart: number;
  /** With their endings. */
  readonly oldLines: readonly string[];
  /** 0-based, in the new text. */
  readonly newStart: number;
  readonly newLines: readonly string[];
}

const KEY_LENGTH = 32;

export function computeHunks(before: string, after: string): readonly Hunk[] {
  if (before === after) return [];
  const old = splitLines(before);
  const later = splitLines(after);
  const ordinals = new Map<string, number>();
  return diffLines(old, later).map(({ oldStart, oldEnd, newStart, newEnd }) => {
    const oldLines = old.slice(oldStart, oldEnd);
    const newLines = later.slice(newStart, newEnd);
    const content = JSON.stringify([oldLines, newLines]);
    const ordinal = ordinals.get(content) ?? 0;
    ordinals.set(content, ordinal + 1);
    const key = sha256(`${ordinal}${content}`).slice(0, KEY_LENGTH);
    return { key, oldStart, oldLines, newStart, newLines };
  });
}

/** `before` with only the chosen hunks applied: with all of them `after` exactly, with none `before`. */
export function composeHunks(before: string, hunks: readonly Hunk[], chosen: ReadonlySet<string>): string {
  const old = splitLines(before);
  const parts: string[] = [];
  let from = 0;
  for (const { key, oldStart, oldLines, newLines } of hunks) {
    if (!chosen.has(key)) continue;
    parts.push(old.slice(from, oldStart).join(''), newLines.join(''));
    from = oldStart + oldLines.length;
  }
  parts.push(old.slice(from).join(''));
  return parts.join('');
}
