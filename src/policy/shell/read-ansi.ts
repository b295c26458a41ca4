import type { Reader } from './reader.js';
import { refuse } from './refuse.js';

const SIMPLE: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', v: '\v' },
  ...{ '\\': '\\', "'": "'", '"': '"', '?': '?' },
};

/** `$'…'`; the reader stands at the quote. */
export function readAnsi(reader: Reader): string {
  const { text } = reader;
  const start = reader.pos;
  let value = '';
  let at = start + 1;
  for (;;) {
    if (at >= text.length) return refuse('single quote', reader.offsetOf(start));
    const char = text.charAt(at);
    if (char === "'") break;
    if (char !== '\\') {
      value += char;
      at += 1;
      continue;
    }
    const simple = SIMPLE[text.charAt(at + 1)];
    if (simple !== undefined) {
      value += simple;
      at += 2;
      continue;
    }
    const numeric = readNumeric(text, at + 1);
    if (numeric === undefined) return refuse('ansi-c escape', reader.offsetOf(at));
    value += numeric.char;
    at = numeric.end;
  }
  reader.pos = at + 1;
  return value;
}

const OCTAL = /[0-7]{1,3}/y;
const HEX = /x[0-9A-Fa-f]{1,2}/y;
const UNICODE = /u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}/y;

/** One byte below 0x80, or one character by its number. */
function readNumeric(text: string, at: number): { char: string; end: number } | undefined {
  const octal = matchAt(OCTAL, text, at);
  const hex = matchAt(HEX, text, at);
  const unicode = matchAt(UNICODE, text, at);
  const found = octal ?? hex ?? unicode;
  if (found === undefined) return undefined;
  const value = octal === undefined ? Number.parseInt(found.slice(1), 16) : Number.parseInt(found, 8);
  const top = unicode === undefined ? 0x7f : 0x10ffff;
  if (value === 0 || value > top || (value >= 0xd800 && value <= 0xdfff)) return undefined;
  return { char: String.fromCodePoint(value), end: at + found.length };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
