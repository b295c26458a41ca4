import { findNameEnd, isDigit } from './chars.js';
import { type Piece, pushPart, pushQuoted, pushRaw } from './piece.js';
import { readAnsi } from './read-ansi.js';
import { readArithmetic } from './read-arithmetic.js';
import { readParameterRest } from './read-parameter.js';
import { Reader } from './reader.js';
import { refuse } from './refuse.js';

/** Where an expansion stands: it decides what `$'` and `\"` mean and whether the value is split. */
export type Place = 'bare' | 'double' | 'heredoc';

/** A `$` and what belongs to it. */
export function readDollar(reader: Reader, pieces: Piece[], place: Place): void {
  const { text, pos } = reader;
  const code = text.charCodeAt(pos + 1);
  const nameEnd = findNameEnd(text, pos + 1);
  if (nameEnd > pos + 1) {
    refuseJoinedLine(reader, nameEnd);
    pushVariable(reader, pieces, place, text.slice(pos + 1, nameEnd), nameEnd);
  } else if (code === 123) readBraced(reader, pieces, place);
  else if (code === 40) readSubstitution(reader, pieces, place);
  else if (code === 63) pushVariable(reader, pieces, place, '?', pos + 2);
  else if (place === 'bare' && code === 39) {
    reader.pos = pos + 1;
    pushQuoted(pieces, readAnsi(reader));
  } else readLoneDollar(reader, pieces, place);
}

function readLoneDollar(reader: Reader, pieces: Piece[], place: Place): void {
  const { text, pos, offset } = reader;
  const code = text.charCodeAt(pos + 1);
  if (code === 91) refuse('arithmetic', offset);
  if (isSpecial(code)) refuse('special parameter', offset);
  if (place === 'bare' && code === 34) refuse('locale quote', offset);
  refuseJoinedLine(reader, pos + 1);
  reader.pos = pos + 1;
  if (place !== 'bare') pushQuoted(pieces, '$');
  // Printed in other quotes it would be read as the start of more.
  else if (code === 92 || code === 96) refuse('lone dollar', offset);
  else pushRaw(pieces, '$');
}

/** `0`–`9 @ * # $ ! -` */
function isSpecial(code: number): boolean {
  return (
    isDigit(code) || code === 64 || code === 42 || code === 35 || code === 36 || code === 33 || code === 45
  );
}

/** bash joins lines before it looks for names. */
function refuseJoinedLine(reader: Reader, at: number): void {
  const { text } = reader;
  if (text.charCodeAt(at) === 92 && text.charCodeAt(at + 1) === 10)
    refuse('line continuation', reader.offsetOf(at));
}

function pushVariable(reader: Reader, pieces: Piece[], place: Place, name: string, end: number): void {
  if (name === '_') refuse('special parameter', reader.offset);
  pushPart(pieces, { kind: 'variable', name, quoted: place !== 'bare', offset: reader.offset });
  reader.pos = end;
}

function readBraced(reader: Reader, pieces: Piece[], place: Place): void {
  const { text, pos, offset } = reader;
  const start = pos + 2;
  const code = text.charCodeAt(start);
  const end = code === 63 ? start + 1 : findNameEnd(text, start);
  if (code === 35) readLength(reader, pieces, place);
  else if (end === start && isSpecial(code)) refuse('special parameter', offset);
  else if (end === start) refuse('parameter expansion', offset);
  else if (text.charCodeAt(end) === 125) pushVariable(reader, pieces, place, text.slice(start, end), end + 1);
  else {
    const name = text.slice(start, end);
    if (name === '?' || name === '_') refuse('special parameter', offset);
    reader.pos = end;
    const rest = readParameterRest(reader, place !== 'bare', offset);
    pushPart(pieces, { kind: 'parameter', name, ...rest, quoted: place !== 'bare', offset });
  }
}

/** `${#NAME}` */
function readLength(reader: Reader, pieces: Piece[], place: Place): void {
  const { text, pos, offset } = reader;
  const start = pos + 3;
  const end = findNameEnd(text, start);
  const name = text.slice(start, end);
  if (name === '' || name === '_') refuse('special parameter', offset);
  if (text.charCodeAt(end) !== 125) refuse('parameter expansion', offset);
  const quoted = place !== 'bare';
  pushPart(pieces, { kind: 'parameter', name, operator: 'length', word: [], quoted, offset });
  reader.pos = end + 1;
}

function readSubstitution(reader: Reader, pieces: Piece[], place: Place): void {
  const { text, pos, offset, pending } = reader;
  if (text.charCodeAt(pos + 2) === 40) {
    const expression = readArithmetic(reader);
    pushPart(pieces, { kind: 'arithmetic', expression, quoted: place !== 'bare', offset });
    return;
  }
  reader.enter(offset);
  const before = reader.budget.commands;
  reader.pos = pos + 2;
  reader.pending = [];
  reader.waitingOutside += pending.length;
  reader.substitutions += 1;
  const script = reader.budget.parseUntil(reader, ')');
  if (reader.code !== 41) refuse('substitution', offset);
  if (reader.pending.length > 0) refuse('heredoc', reader.pending[0]?.offset ?? offset);
  if (script.statements.length === 0) refuse('empty substitution', offset);
  reader.pos += 1;
  reader.pending = pending;
  reader.waitingOutside -= pending.length;
  reader.substitutions -= 1;
  reader.leave();
  const part = { kind: 'substitution', script, quoted: place !== 'bare', offset } as const;
  pieces.push({ kind: 'part', part, commands: reader.budget.commands - before });
}

/** Their inside is unescaped once and is then a script of its own. */
export function readBackticks(reader: Reader, pieces: Piece[], place: Place): void {
  const { offset, budget } = reader;
  reader.enter(offset);
  const before = budget.commands;
  const inner = readBackticked(reader, place === 'double');
  if (reader.pending.length > 0 && inner.text.includes('\n')) refuse('heredoc across lines', offset);
  const script = budget.parseUntil(inner, 'end');
  if (inner.pending.length > 0) refuse('heredoc', inner.pending[0]?.offset ?? offset);
  if (script.statements.length === 0) refuse('empty substitution', offset);
  reader.leave();
  const part = { kind: 'substitution', script, quoted: place !== 'bare', offset } as const;
  pieces.push({ kind: 'part', part, commands: budget.commands - before });
}

function readBackticked(reader: Reader, inDouble: boolean): Reader {
  const { text } = reader;
  const start = reader.pos;
  const chars: string[] = [];
  const origin: number[] = [];
  let at = start + 1;
  for (; text.charCodeAt(at) !== 96; at += 1) {
    if (at >= text.length) refuse('backtick', reader.offsetOf(start));
    if (text.charCodeAt(at) === 92) {
      const next = text.charCodeAt(at + 1);
      if (next === 10) {
        at += 1;
        continue;
      }
      if (next === 36 || next === 96 || next === 92 || (inDouble && next === 34)) at += 1;
      // What stays escaped is taken as a pair, so that its second half is not read again.
      else if (at + 1 < text.length) {
        chars.push('\\');
        origin.push(reader.offsetOf(at));
        at += 1;
      }
    }
    chars.push(text.charAt(at));
    origin.push(reader.offsetOf(at));
  }
  origin.push(reader.offsetOf(at));
  reader.pos = at + 1;
  return new Reader(chars.join(''), reader.budget, origin);
}
