import type { Word, WordPart } from './ast.js';
import { expandBraces } from './expand-braces.js';
import { splitGlobs } from './glob-parts.js';
import type { Piece, RawWord } from './piece.js';
import type { Reader } from './reader.js';
import { refuse } from './refuse.js';
import { reservedWords } from './reserved-words.js';

/** A command's words or a `for` list: braces and globs have their meaning. */
export function finishWords(reader: Reader, raw: RawWord): readonly Word[] {
  const { pieces, offset } = raw;
  if (!raw.active) return [{ parts: pieces.map(toPart), offset }];
  const expanded = hasRaw(pieces, '{') ? expandBraces(reader, pieces, offset) : undefined;
  if (expanded === undefined) {
    refuseTilde(pieces, offset, isAssignment(pieces));
    return [{ parts: splitGlobs(pieces, offset), offset }];
  }
  // bash looks for `$NAME` only now, in what the braces have joined.
  if (hasRaw(pieces, '$')) refuse('brace expansion', offset);
  const words: Word[] = [];
  for (const made of expanded) {
    refuseTilde(made, offset, isAssignment(made));
    // bash drops a word of nothing, quotes apart.
    if (made.length > 0) words.push({ parts: quoteMeaning(splitGlobs(made, offset)), offset });
  }
  return words;
}

/** A redirection's target: one word, which braces and globs may not multiply. */
export function finishTarget(reader: Reader, raw: RawWord): Word {
  const { pieces, offset } = raw;
  if (!raw.active) return { parts: pieces.map(toPart), offset };
  refuseTilde(pieces, offset, true);
  if (hasRaw(pieces, '{') && expandBraces(reader, pieces, offset) !== undefined)
    return refuse('brace in redirection', offset);
  const parts = splitGlobs(pieces, offset);
  if (parts.some(({ kind }) => kind === 'glob')) return refuse('glob in redirection', offset);
  return { parts, offset };
}

/** An assignment's value, a here-string or what `case` looks at: braces and globs are text. */
export function finishValue({ pieces, offset }: RawWord): Word {
  refuseTilde(pieces, offset, true);
  return { parts: pieces.map(toPart), offset };
}

/** A pattern of `case`: globs have their meaning, braces are text. */
export function finishPattern({ pieces, offset }: RawWord): Word {
  refuseTilde(pieces, offset, true);
  return { parts: splitGlobs(pieces, offset), offset };
}

/** The word's text if it is nothing but unquoted text. */
export function plainText(word: RawWord): string | undefined {
  const [only, second] = word.pieces;
  return only?.kind === 'raw' && second === undefined ? only.text : undefined;
}

function toPart(piece: Piece): WordPart {
  if (piece.kind === 'part') return piece.part;
  return { kind: 'text', text: piece.text, quoted: piece.kind === 'quoted' };
}

function hasRaw(pieces: readonly Piece[], char: string): boolean {
  return pieces.some((piece) => piece.kind === 'raw' && piece.text.includes(char));
}

const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*(\[[^\]]*\])?\+?=/;

function isAssignment(pieces: readonly Piece[]): boolean {
  const [first] = pieces;
  return first?.kind === 'raw' && ASSIGNMENT.test(first.text);
}

/** bash looks for a `~` at a word's start, and behind `=` and `:` of what looks like an assignment. */
function refuseTilde(pieces: readonly Piece[], offset: number, inside: boolean): void {
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== 'raw' || !piece.text.includes('~')) continue;
    if (index === 0 && piece.text.startsWith('~')) refuse('tilde', offset);
    if (inside && /[=:]~/.test(piece.text)) refuse('tilde', offset);
  }
}

const SAFE = /^[\w./:@%+,-]*$/;

/** What braces made is final: in text that would be read as more, quotes say so. */
function quoteMeaning(parts: readonly WordPart[]): readonly WordPart[] {
  const quoted: WordPart[] = [];
  for (const part of parts) {
    const safe =
      part.kind !== 'text' || part.quoted || (SAFE.test(part.text) && !reservedWords.has(part.text));
    const made = safe ? part : { ...part, quoted: true };
    const last = quoted.at(-1);
    if (made.kind === 'text' && made.quoted && last?.kind === 'text' && last.quoted)
      quoted[quoted.length - 1] = { ...last, text: last.text + made.text };
    else quoted.push(made);
  }
  return quoted;
}
