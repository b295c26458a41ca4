import type { Redirect, Word } from './ast.js';
import { BREAK, classOf } from './chars.js';
import { finishTarget, finishValue, plainText } from './finish-word.js';
import type { RawWord } from './piece.js';
import { startHeredoc } from './read-heredoc.js';
import { readWord } from './read-word.js';
import type { Reader } from './reader.js';
import { refuse, refuseWith } from './refuse.js';

export interface Descriptor {
  readonly fd: number;
  readonly offset: number;
}

/** `<`, `>` or `&>` at the reader's place. */
export function isRedirectStart(reader: Reader): boolean {
  const { code } = reader;
  return code === 60 || code === 62 || (code === 38 && reader.startsWith('&>'));
}

/** The file descriptor that `raw` is, when a `<` or `>` stands right behind it. */
export function readDescriptor(reader: Reader, raw: RawWord): Descriptor | undefined {
  const { code } = reader;
  if (code !== 60 && code !== 62) return undefined;
  const text = plainText(raw);
  if (text === undefined) return undefined;
  if (/^[012]$/.test(text)) return { fd: Number(text), offset: raw.offset };
  if (/^\d+$|^\{.*\}$/.test(text)) return refuse('file descriptor', raw.offset);
  return undefined;
}

/** One redirection, its operator at the reader's place. A heredoc's body comes with the line's end. */
export function parseRedirect(reader: Reader, redirects: Redirect[], given: Descriptor | undefined): void {
  const offset = given?.offset ?? reader.offset;
  const operator = readOperator(reader);
  const fd = given?.fd ?? (operator.startsWith('<') ? 0 : 1);
  switch (operator) {
    case '<<':
    case '<<-':
      startHeredoc(reader, redirects, { fd, offset, stripTabs: operator === '<<-' });
      return;
    case '<<<':
      redirects.push({ kind: 'text', fd, text: endLine(finishValue(readTarget(reader, operator))), offset });
      return;
    case '>&':
    case '<&':
      redirects.push({ kind: 'duplicate', fd, from: readDuplicate(reader), offset });
      return;
    default: {
      const target = finishTarget(reader, readTarget(reader, operator));
      const mode = operator === '<' ? 'read' : operator.endsWith('>>') ? 'append' : 'write';
      redirects.push({ kind: 'file', fd, mode, both: operator.startsWith('&'), target, offset });
    }
  }
}

/** Longer ones first. */
const operators = ['<<<', '<<-', '<<', '<&', '<>', '<', '&>>', '&>', '>>', '>|', '>&', '>'] as const;

function readOperator(reader: Reader): (typeof operators)[number] {
  const { text, pos, offset } = reader;
  const operator = operators.find((known) => reader.startsWith(known)) ?? '>';
  if (operator === '<>') return refuse('read-write redirection', offset);
  reader.pos = pos + operator.length;
  if ((operator === '<' || operator === '>') && text[reader.pos] === '(')
    return refuse('process substitution', offset);
  return operator;
}

/** The word behind a redirection operator. */
export function readTarget(reader: Reader, operator: string): RawWord {
  reader.skipBlanks();
  const { offset } = reader;
  const raw = classOf(reader.code) === BREAK ? undefined : readWord(reader);
  // Such as a `(` or the start of another redirection, which bash refuses too.
  if (raw === undefined || raw.pieces.length === 0)
    return refuseWith('redirection', `\`${operator}\` has no word behind it`, offset);
  if (readDescriptor(reader, raw) !== undefined) refuse('file descriptor', offset);
  return raw;
}

function readDuplicate(reader: Reader): number {
  reader.skipBlanks();
  const { offset } = reader;
  if (classOf(reader.code) === BREAK) return refuse('ambiguous redirection', offset);
  const text = plainText(readWord(reader));
  if (text === undefined || !/^\d+$/.test(text)) return refuse('ambiguous redirection', offset);
  if (!/^[012]$/.test(text)) return refuse('file descriptor', offset);
  return Number(text);
}

/** A here-string's text ends a line. */
function endLine(word: Word): Word {
  const last = word.parts.at(-1);
  const ends = last?.kind === 'text' && last.quoted;
  const parts = ends ? word.parts.slice(0, -1) : word.parts;
  return { ...word, parts: [...parts, { kind: 'text', text: `${ends ? last.text : ''}\n`, quoted: true }] };
}
