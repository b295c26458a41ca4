import type { Change } from '../../changes.js';
import { foldPath } from '../../fold-name.js';
import { decodeText } from '../../hunks/split-lines.js';
import type { Risk } from '../risk.js';

/** A line of the new text that the old one does not have. */
export interface AddedLine {
  /** 0-based, in the new text. */
  readonly at: number;
  /** Without its line feed. */
  readonly text: string;
}

/** Both sides of a change, for the rules that look at what is in them. */
export interface Content {
  readonly change: Change;
  /** Folded (`foldName`). */
  readonly name: string;
  /** Undefined for a side that is no text: absent, binary or a link. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What the new file begins with. */
  readonly head: Uint8Array;
  /** In order. A line that was only moved is none. */
  readonly added: readonly AddedLine[];
}

/** One kind of risk that the bytes tell. Pure, and linear in the content. */
export interface ContentRule {
  readonly rule: string;
  /** Undefined when the change is none of it. */
  readonly judge: (content: Content) => ContentRisk | undefined;
}

export type ContentRisk = Omit<Risk, 'rule'>;

const HEAD_BYTES = 64;

/** Bytes of an absent file or a link are ignored. */
export function readContent(change: Change, oldBytes: Uint8Array, newBytes: Uint8Array): Content {
  const before = change.before.kind === 'file' ? decodeText(oldBytes) : undefined;
  const after = change.after.kind === 'file' ? decodeText(newBytes) : undefined;
  const head = change.after.kind === 'file' ? newBytes.subarray(0, HEAD_BYTES) : new Uint8Array();
  const name = foldPath(change.path).at(-1) ?? '';
  return { change, name, before, after, head, added: listAdded(before ?? '', after ?? '') };
}

function listAdded(before: string, after: string): readonly AddedLine[] {
  if (before === after) return [];
  const old = new Set(listLines(before));
  const added: AddedLine[] = [];
  let at = 0;
  for (const text of listLines(after)) {
    if (!old.has(text)) added.push({ at, text });
    at += 1;
  }
  return added;
}

/** Without their ends: a change of line endings adds nothing. */
function listLines(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return text.includes('\r\n')
    ? lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    : lines;
}
