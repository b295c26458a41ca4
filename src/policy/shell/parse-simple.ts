import type { Assignment, Redirect, Simple, Word } from './ast.js';
import { BREAK, classOf, findNameEnd } from './chars.js';
import { finishValue, finishWords, plainText } from './finish-word.js';
import { maxWords } from './limits.js';
import { refuseUnexpected } from './parse-list.js';
import { isRedirectStart, parseRedirect, readDescriptor } from './parse-redirect.js';
import type { RawWord } from './piece.js';
import { readWord } from './read-word.js';
import type { Reader } from './reader.js';
import { refuse, refuseLimit } from './refuse.js';
import { reservedWords } from './reserved-words.js';

/** Assignments, words and redirections, in any order that bash allows. */
export function parseSimple(reader: Reader): Simple {
  const { offset } = reader;
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  let named = false;
  reader.countCommands(1, offset);
  for (;;) {
    reader.skipBlanks();
    if (isRedirectStart(reader)) {
      parseRedirect(reader, redirects, undefined);
      continue;
    }
    const { code } = reader;
    if (code === 40) return refuseParenthesis(reader, words.length);
    if (classOf(code) === BREAK) break;
    const raw = readWord(reader);
    const descriptor = readDescriptor(reader, raw);
    if (descriptor !== undefined) {
      parseRedirect(reader, redirects, descriptor);
      continue;
    }
    const assignment = named ? undefined : readAssignment(raw);
    if (assignment !== undefined) {
      assignments.push(assignment);
      continue;
    }
    if (!named && assignments.length === 0) refuseReserved(raw);
    named = true;
    pushWords(words, finishWords(reader, raw));
  }
  if (!named && assignments.length === 0 && redirects.length === 0) return refuseUnexpected(reader);
  return { kind: 'simple', assignments, words, redirects, offset };
}

export function pushWords(words: Word[], more: readonly Word[]): void {
  for (const word of more) {
    if (words.length === maxWords) refuseLimit(`the command has more than ${maxWords} words`, word.offset);
    words.push(word);
  }
}

function readAssignment(raw: RawWord): Assignment | undefined {
  const [first, ...others] = raw.pieces;
  if (first?.kind !== 'raw') return undefined;
  const { text } = first;
  const end = findNameEnd(text, 0);
  if (end === 0) return undefined;
  // bash reads on to the `]` here, over blanks too.
  if (text[end] === '[') return refuse('array assignment', raw.offset);
  if (text[end] === '+' && text[end + 1] === '=') return refuse('appending assignment', raw.offset);
  if (text[end] !== '=') return undefined;
  const rest = text.slice(end + 1);
  const pieces = rest === '' ? others : [{ kind: 'raw', text: rest } as const, ...others];
  const value = finishValue({ pieces, active: raw.active, offset: raw.offset + end + 1 });
  return { name: text.slice(0, end), value, offset: raw.offset };
}

/** Behind a redirection, or over a joined line, it would be printed as what it is not. */
function refuseReserved(raw: RawWord): void {
  const text = plainText(raw);
  if (text !== undefined && reservedWords.has(text)) refuse('reserved word', raw.offset);
}

function refuseParenthesis(reader: Reader, wordCount: number): never {
  const { offset, text, pos } = reader;
  if (wordCount === 1 && /^\([ \t]*\)/.test(text.slice(pos, pos + 64))) return refuse('function', offset);
  if (text[pos - 1] === '=') return refuse('array assignment', offset);
  return refuse('parenthesis', offset);
}
