import { findNameEnd } from './chars.js';
import type { Reader } from './reader.js';

/** `$NAME`, `${NAME}` or `$?`, the reader at its `$`; undefined, and nothing is read, where that does not stand. */
export function readName(reader: Reader): string | undefined {
  const { text, pos } = reader;
  const braced = text[pos + 1] === '{';
  const start = pos + (braced ? 2 : 1);
  const end = text[start] === '?' ? start + 1 : findNameEnd(text, start);
  const name = text.slice(start, end);
  if (name === '' || name === '_' || (braced && text[end] !== '}')) return undefined;
  reader.pos = braced ? end + 1 : end;
  return name;
}
