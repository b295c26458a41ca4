import { type Piece, pushQuoted } from './piece.js';
import { readBackticks, readDollar } from './read-expansion.js';
import type { Reader } from './reader.js';
import { refuse } from './refuse.js';

export function readSingle(reader: Reader): string {
  const start = reader.pos;
  const end = reader.text.indexOf("'", start + 1);
  if (end < 0) return refuse('single quote', reader.offset);
  reader.pos = end + 1;
  return reader.text.slice(start + 1, end);
}

export function readDouble(reader: Reader, pieces: Piece[]): void {
  const start = reader.pos;
  reader.pos += 1;
  const before = pieces.length;
  readQuotedText(reader, pieces, 'double');
  if (reader.code !== 34) refuse('double quote', reader.offsetOf(start));
  reader.pos += 1;
  const last = pieces.at(-1);
  if (pieces.length === before && last?.kind !== 'quoted') pieces.push({ kind: 'quoted', text: '' });
}

/** Text with expansions: up to the closing quote, or a whole heredoc body. */
export function readQuotedText(reader: Reader, pieces: Piece[], place: 'double' | 'heredoc'): void {
  const { text } = reader;
  const quote = place === 'double' ? 34 : -1;
  let from = reader.pos;
  const flush = (to: number) => {
    if (to > from) pushQuoted(pieces, text.slice(from, to));
  };
  for (;;) {
    const at = reader.pos;
    const code = text.charCodeAt(at);
    if (code === quote || at >= text.length) {
      flush(at);
      return;
    }
    if (code === 92) {
      const next = text.charCodeAt(at + 1);
      const escaped = next === 36 || next === 96 || next === 92 || next === 10 || next === quote;
      if (escaped) {
        flush(at);
        from = next === 10 ? at + 2 : at + 1;
        reader.pos = at + 2;
      } else reader.pos = at + 1;
    } else if (code === 36 || code === 96) {
      flush(at);
      if (code === 36) readDollar(reader, pieces, place);
      else readBackticks(reader, pieces, place);
      from = reader.pos;
    } else reader.pos = at + 1;
  }
}
