import { ACTIVE, CONTROL, classOf } from './chars.js';
import { type Piece, pushQuoted, pushRaw, type RawWord } from './piece.js';
import { readBackticks, readDollar } from './read-expansion.js';
import { readDouble, readSingle } from './read-quotes.js';
import type { Reader } from './reader.js';
import { refuse, refuseWith } from './refuse.js';

/** Reads the word at the reader's place, which must not be a blank. A word of no length has no pieces. */
export function readWord(reader: Reader): RawWord {
  const { text } = reader;
  const start = reader.pos;
  const pieces: Piece[] = [];
  let active = false;
  for (;;) {
    const from = reader.pos;
    let at = from;
    let kind = classOf(text.charCodeAt(at));
    while (kind <= ACTIVE) {
      if (kind === ACTIVE) active = true;
      at += 1;
      kind = classOf(text.charCodeAt(at));
    }
    reader.pos = at;
    if (at > from) pushRaw(pieces, text.slice(from, at));
    if (kind === CONTROL) refuseControl(reader, at);
    const code = text.charCodeAt(at);
    if (code === 39) pushQuoted(pieces, readSingle(reader));
    else if (code === 34) readDouble(reader, pieces);
    else if (code === 92) readEscape(reader, pieces);
    else if (code === 36) readDollar(reader, pieces, 'bare');
    else if (code === 96) readBackticks(reader, pieces, 'bare');
    else return { pieces, active, offset: reader.offsetOf(start) };
  }
}

/** A backslash outside quotes. */
function readEscape(reader: Reader, pieces: Piece[]): void {
  const { text, pos } = reader;
  const point = text.codePointAt(pos + 1);
  if (point === undefined) refuse('trailing backslash', reader.offset);
  const length = point > 0xffff ? 2 : 1;
  if (point !== 10) {
    if (point !== 9 && classOf(point) === CONTROL) refuseControl(reader, pos + 1);
    pushQuoted(pieces, text.slice(pos + 1, pos + 1 + length));
  }
  reader.pos = pos + 1 + length;
}

function refuseControl(reader: Reader, at: number): never {
  const code = reader.text.charCodeAt(at);
  if (code === 13) return refuse('carriage return', reader.offsetOf(at));
  const hex = code.toString(16).padStart(2, '0');
  return refuseWith(
    'control character',
    `a control character (\\x${hex}) outside quotes is not supported: quote it, or remove it`,
    reader.offsetOf(at),
  );
}
