import type { ParameterOperator, SimplePart, WordPart } from './ast.js';
import { classOf, PLAIN } from './chars.js';
import { splitGlobs } from './glob-parts.js';
import { type Piece, pushPart, pushQuoted, pushRaw } from './piece.js';
import { needsEscapes } from './print-word.js';
import { readName } from './read-name.js';
import { readDouble, readSingle } from './read-quotes.js';
import type { Reader } from './reader.js';
import { refuse } from './refuse.js';

export interface ParameterRest {
  readonly operator: ParameterOperator;
  readonly word: readonly SimplePart[];
}

/** Longer ones first. */
const operators = [':-', ':+', '-', '+', '##', '#', '%%', '%'] as const;

/** From the operator behind `${NAME` to the closing brace; `offset` is that of the `$`. */
export function readParameterRest(reader: Reader, inQuotes: boolean, offset: number): ParameterRest {
  const operator = operators.find((known) => reader.startsWith(known));
  if (operator === undefined) return refuse('parameter expansion', offset);
  reader.pos += operator.length;
  const cuts = operator.startsWith('#') || operator.startsWith('%');
  const pieces = readPieces(reader, cuts, inQuotes, offset);
  const parts: readonly WordPart[] = cuts ? splitGlobs(pieces, offset) : pieces.map(toPart);
  return { operator, word: parts.map((part) => requireSimple(part, offset)) };
}

/** In a pattern nothing is quoted by the quotes around the whole. */
function readPieces(reader: Reader, cuts: boolean, inQuotes: boolean, offset: number): readonly Piece[] {
  const pieces: Piece[] = [];
  const quoted = inQuotes && !cuts;
  for (;;) {
    const { code } = reader;
    if (code === 125) {
      reader.pos += 1;
      return pieces;
    }
    if (code === 36) readSimple(reader, pieces, quoted, offset);
    else if (code === 39 && !inQuotes) pushQuoted(pieces, readSingle(reader));
    else if (code === 34 && !inQuotes) readDouble(reader, pieces);
    else {
      if (!isText(reader.text, reader.pos, cuts, quoted)) refuse('parameter word', reader.offset);
      const char = String.fromCodePoint(reader.text.codePointAt(reader.pos) ?? 0);
      if (quoted) pushQuoted(pieces, char);
      else pushRaw(pieces, char);
      reader.pos += char.length;
    }
  }
}

function isText(text: string, at: number, cuts: boolean, quoted: boolean): boolean {
  if (at >= text.length) return false;
  const char = text.charAt(at);
  if (char === ' ' || char === '\t' || classOf(text.charCodeAt(at)) === PLAIN) return true;
  if (cuts) return '*?[]'.includes(char);
  return quoted && '*?[]()|&;'.includes(char);
}

function readSimple(reader: Reader, pieces: Piece[], quoted: boolean, around: number): void {
  const { offset } = reader;
  const name = readName(reader) ?? refuse('parameter word', around);
  pushPart(pieces, { kind: 'variable', name, quoted, offset });
}

function toPart(piece: Piece): WordPart {
  if (piece.kind === 'part') return piece.part;
  return { kind: 'text', text: piece.text, quoted: piece.kind === 'quoted' };
}

/** Quotes can hold more than variables, and text that only other quotes could show. */
function requireSimple(part: WordPart, offset: number): SimplePart {
  if (part.kind === 'variable' || part.kind === 'glob') return part;
  if (part.kind !== 'text' || needsEscapes(part.text)) return refuse('parameter word', offset);
  if (/[{}]/.test(part.text) || (part.text.includes("'") && /["$`\\]/.test(part.text)))
    return refuse('parameter word', offset);
  return part;
}
