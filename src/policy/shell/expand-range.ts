import { maxBraceWords } from './limits.js';

const NUMBERS = /^([+-]?\d+)\.\.([+-]?\d+)(?:\.\.([+-]?\d+))?$/;
const LETTERS = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.([+-]?\d+))?$/;
const maxDigits = 15;

/** What `{inside}` counts through; undefined if it is text. */
export function expandRange(inside: string): readonly string[] | 'unsupported' | 'too long' | undefined {
  const numbers = NUMBERS.exec(inside);
  const match = numbers ?? LETTERS.exec(inside);
  if (match === null) return undefined;
  const [, first = '', last = '', step = '1'] = match;
  if (Math.max(first.length, last.length, step.length) > maxDigits) return 'unsupported';
  if (numbers === null) {
    // Between `Z` and `a` stand characters that bash treats in ways of its own.
    if (first < 'a' !== last < 'a') return 'unsupported';
    const codes = count(first.charCodeAt(0), last.charCodeAt(0), Number(step));
    return codes === 'too long' ? codes : codes.map((code) => String.fromCharCode(code));
  }
  const values = count(Number(first), Number(last), Number(step));
  if (values === 'too long') return values;
  const width = isPadded(first) || isPadded(last) ? Math.max(first.length, last.length) : 0;
  return values.map((value) => pad(value, width));
}

function count(first: number, last: number, step: number): number[] | 'too long' {
  const size = Math.abs(step) || 1;
  const length = Math.floor(Math.abs(last - first) / size) + 1;
  if (length > maxBraceWords) return 'too long';
  const signed = last < first ? -size : size;
  return Array.from({ length }, (_, index) => first + index * signed);
}

function isPadded(digits: string): boolean {
  return /^-?0\d/.test(digits);
}

function pad(value: number, width: number): string {
  const digits = String(Math.abs(value));
  return value < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
}
