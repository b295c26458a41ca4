import type { WordPart } from './ast.js';
import type { Piece } from './piece.js';
import { refuse } from './refuse.js';

/** Parts of a word in which `*`, `?` and `[…]` are active outside quotes. */
export function splitGlobs(pieces: readonly Piece[], offset: number): readonly WordPart[] {
  const parts: WordPart[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'part') parts.push(piece.part);
    else if (piece.kind === 'quoted') parts.push({ kind: 'text', text: piece.text, quoted: true });
    else {
      const open = splitRaw(parts, piece.text, offset);
      if (open) refuseLaterClose(pieces, index, offset);
    }
  }
  if (pieces.length > 1) refuseCloseBracket(pieces, offset);
  return parts;
}

/** Whether a `[` stays open to the text's end. */
function splitRaw(parts: WordPart[], text: string, offset: number): boolean {
  const lastClose = text.lastIndexOf(']');
  let from = 0;
  let open = false;
  const flush = (to: number) => {
    if (to > from) parts.push({ kind: 'text', text: text.slice(from, to), quoted: false });
  };
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at);
    let end = at;
    if (char === '*' || char === '?') end = at + 1;
    else if (char === '[') {
      end = at < lastClose ? findBracketEnd(text, at) : at;
      if (end < 0) return refuse('bracket expression', offset);
      if (end === at) open = true;
    }
    if (end > at) {
      const pattern = text.slice(at, end);
      flush(at);
      parts.push({ kind: 'glob', pattern });
      from = end;
      at = end;
    } else at += 1;
  }
  flush(text.length);
  return open;
}

const CLASS =
  /\[:(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/y;

/** Behind the `]` that closes the bracket at `start`; `start` itself if none does. */
function findBracketEnd(text: string, start: number): number {
  let at = start + 1;
  if (text[at] === '!' || text[at] === '^') at += 1;
  const first = at;
  for (; at < text.length; at += 1) {
    const char = text[at];
    if (char === ']' && at > first) return at + 1;
    // Only in file names does a slash end the bracket; nobody means that.
    if (char === '/') return -1;
    if (char !== '[') continue;
    CLASS.lastIndex = at;
    const found = CLASS.exec(text)?.[0];
    if (found !== undefined) at += found.length - 1;
    else if (/[:.=]/.test(text[at + 1] ?? '')) return -1;
  }
  return start;
}

/** What closes an open `[` behind quotes or an expansion, or may do so in the expansion's value. */
function refuseLaterClose(pieces: readonly Piece[], index: number, offset: number): void {
  const closes = pieces
    .slice(index + 1)
    .some((piece) => (piece.kind === 'raw' ? piece.text.includes(']') : isSplit(piece)));
  if (closes) refuse('bracket expression', offset);
}

/** A `]` behind an expansion whose value may hold the `[`. */
function refuseCloseBracket(pieces: readonly Piece[], offset: number): void {
  const split = pieces.findIndex(isSplit);
  if (split < 0) return;
  const closes = pieces.slice(split + 1).some((piece) => piece.kind === 'raw' && piece.text.includes(']'));
  if (closes) refuse('bracket expression', offset);
}

function isSplit(piece: Piece): boolean {
  return piece.kind === 'part' && !piece.part.quoted;
}
