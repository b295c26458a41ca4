import { type Builtin, writeOutput } from './builtin.js';

/** bash's `echo`: leading words of `-n`, `-e`, `-E` and their bundles are options, nothing else is. */
export const echo: Builtin = async (shell, args) => {
  let [newline, escapes] = [true, false];
  let first = 0;
  for (; /^-[neE]+$/.test(args[first] ?? ''); first += 1) {
    for (const letter of args[first]?.slice(1) ?? '') {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = args.slice(first).join(' ');
  const { bytes, ended } = escapes ? readEscapes(text) : { bytes: Buffer.from(text), ended: false };
  const end = Buffer.from(newline && !ended ? '\n' : '');
  return writeOutput(shell, 'echo', Buffer.concat([bytes, end]));
};

const ESCAPE =
  /\\(?:([abeEfnrtv\\])|(c)|0([0-7]{0,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/g;

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** `ended`: a `\c` ends the output there. An escape that is none stays as it is. */
function readEscapes(text: string): { readonly bytes: Buffer; readonly ended: boolean } {
  const chunks: Buffer[] = [];
  let from = 0;
  for (const match of text.matchAll(ESCAPE)) {
    const [whole, letter, end, octal, hex, ...code] = match;
    chunks.push(Buffer.from(text.slice(from, match.index)));
    from = match.index + whole.length;
    if (end !== undefined) return { bytes: Buffer.concat(chunks), ended: true };
    if (letter !== undefined) chunks.push(Buffer.from(simple[letter] ?? ''));
    else if (octal !== undefined) chunks.push(Buffer.from([Number.parseInt(octal || '0', 8) & 0xff]));
    else if (hex !== undefined) chunks.push(Buffer.from([Number.parseInt(hex, 16)]));
    else chunks.push(encode(Number.parseInt(code.find((digits) => digits !== undefined) ?? '0', 16)));
  }
  chunks.push(Buffer.from(text.slice(from)));
  return { bytes: Buffer.concat(chunks), ended: false };
}

/** UTF-8 in its first form of up to six bytes, which bash writes without asking what the number means. */
function encode(code: number): Buffer {
  if (code < 0x80) return Buffer.from([code]);
  const bytes: number[] = [];
  let rest = code;
  let lead = 0x3f;
  while (rest > lead) {
    bytes.unshift(0x80 | (rest & 0x3f));
    rest = Math.floor(rest / 64);
    lead >>= 1;
  }
  return Buffer.from([((~lead << 1) & 0xff) | rest, ...bytes]);
}
