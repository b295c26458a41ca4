import type { Case, For, Group, If, Redirect, Script, Test, While, Word } from './ast.js';
import { BREAK, classOf, findNameEnd, isDigit } from './chars.js';
import { finishPattern, finishValue, finishWords, plainText } from './finish-word.js';
import { parseList, refuseUnexpected, type Stops, skipLines } from './parse-list.js';
import { isRedirectStart, parseRedirect, readDescriptor } from './parse-redirect.js';
import { pushWords } from './parse-simple.js';
import { parseTest } from './parse-test.js';
import { readWord } from './read-word.js';
import type { Reader } from './reader.js';
import { type Construct, refuse, refuseWith } from './refuse.js';

type Compound = Group | For | While | If | Case | Test;

const unsupported: Readonly<Record<string, Construct>> = {
  function: 'function',
  select: 'select',
  coproc: 'coproc',
  time: 'time',
};

/** A compound command; `opener` is its reserved word or `(`, which stands at the reader's place. */
export function parseCompound(reader: Reader, opener: string): Compound {
  const { offset } = reader;
  const construct = unsupported[opener];
  if (construct !== undefined) return refuse(construct, offset);
  reader.enter(offset);
  const command = parseBody(reader, opener, offset);
  reader.leave();
  const redirects = readRedirects(reader);
  return redirects.length === 0 ? command : { ...command, redirects };
}

function parseBody(reader: Reader, opener: string, offset: number): Compound {
  if (opener === '(' && reader.startsWith('((')) return refuse('arithmetic', offset);
  if (!openers.has(opener)) return refuseUnexpected(reader);
  reader.pos += opener.length;
  switch (opener) {
    case '(':
      return parseGroup(reader, ')', offset);
    case '{':
      return parseGroup(reader, '}', offset);
    case 'for':
      return parseFor(reader, offset);
    case 'if':
      return parseIf(reader, offset);
    case 'case':
      return parseCase(reader, offset);
    case '[[':
      reader.countCommands(1, offset);
      return { kind: 'test', condition: parseTest(reader), redirects: [], offset };
    default:
      return parseWhile(reader, opener === 'until', offset);
  }
}

const openers: ReadonlySet<string> = new Set(['(', '{', '[[', 'for', 'if', 'case', 'while', 'until']);

const doStop: Stops = new Set(['do']);
const doneStop: Stops = new Set(['done']);
const thenStop: Stops = new Set(['then']);
const branchStops: Stops = new Set(['elif', 'else', 'fi']);
const fiStop: Stops = new Set(['fi']);
const armStops: Stops = new Set([';;', 'esac']);
const groupStops = { ')': new Set([')']), '}': new Set(['}']) } as const;

function parseGroup(reader: Reader, closer: ')' | '}', offset: number): Group {
  const body = parseFilledList(reader, groupStops[closer], closer, offset);
  return { kind: 'group', subshell: closer === ')', body, redirects: [], offset };
}

function parseWhile(reader: Reader, until: boolean, offset: number): While {
  const condition = parseFilledList(reader, doStop, 'do', offset);
  const body = parseFilledList(reader, doneStop, 'done', offset);
  return { kind: 'while', until, condition, body, redirects: [], offset };
}

function parseFor(reader: Reader, offset: number): For {
  reader.skipBlanks();
  if (reader.startsWith('((')) return refuse('arithmetic for', offset);
  const { pos, text } = reader;
  const end = findNameEnd(text, pos);
  if (end === pos || classOf(text.charCodeAt(end)) !== BREAK)
    return refuseWith('for', '`for` needs the name of a variable behind it', reader.offset);
  reader.pos = end;
  skipLines(reader);
  if (reader.peekShortWord() !== 'in') return refuse('for without in', offset);
  reader.pos += 2;
  const words: Word[] = [];
  for (reader.skipBlanks(); classOf(reader.code) !== BREAK; reader.skipBlanks())
    pushWords(words, finishWords(reader, readWord(reader)));
  if (reader.code === 59) reader.pos += 1;
  else if (reader.code !== 10) return refuseUnexpected(reader);
  skipLines(reader);
  expect(reader, 'do', 'for', offset);
  const body = parseFilledList(reader, doneStop, 'done', offset);
  return { kind: 'for', variable: text.slice(pos, end), words, body, redirects: [], offset };
}

function parseIf(reader: Reader, offset: number): If {
  const branches: { condition: Script; body: Script }[] = [];
  for (;;) {
    const condition = parseFilledList(reader, thenStop, 'then', offset);
    const body = parseFilledList(reader, branchStops, undefined, offset);
    branches.push({ condition, body });
    const word = reader.peekShortWord();
    if (word === 'elif') reader.pos += 4;
    else if (word === 'else') {
      reader.pos += 4;
      const otherwise = parseFilledList(reader, fiStop, 'fi', offset);
      return { kind: 'if', branches, otherwise, redirects: [], offset };
    } else {
      expect(reader, 'fi', 'if', offset);
      return { kind: 'if', branches, redirects: [], offset };
    }
  }
}

function parseCase(reader: Reader, offset: number): Case {
  reader.skipBlanks();
  if (classOf(reader.code) === BREAK) return refuseUnexpected(reader);
  const subject = finishValue(readWord(reader));
  skipLines(reader);
  expect(reader, 'in', 'case', offset);
  const arms: { patterns: Word[]; body: Script }[] = [];
  for (;;) {
    skipLines(reader);
    if (reader.peekShortWord() === 'esac') break;
    const patterns = readPatterns(reader);
    const body = parseList(reader, armStops);
    arms.push({ patterns, body });
    if (!reader.startsWith(';;')) break;
    if (reader.text[reader.pos + 2] === '&') return refuse('fallthrough arm', reader.offset);
    reader.pos += 2;
  }
  expect(reader, 'esac', 'case', offset);
  return { kind: 'case', subject, arms, redirects: [], offset };
}

/** `(a | b)`, its opening parenthesis left out or not. */
function readPatterns(reader: Reader): Word[] {
  const patterns: Word[] = [];
  if (reader.code === 40) reader.pos += 1;
  for (;;) {
    reader.skipBlanks();
    if (classOf(reader.code) === BREAK) return refuseUnexpected(reader);
    const raw = readWord(reader);
    if (plainText(raw) === 'esac') return refuse('reserved word', raw.offset);
    pushWords(patterns, [finishPattern(raw)]);
    reader.skipBlanks();
    const { code } = reader;
    reader.pos += 1;
    if (code === 41) return patterns;
    if (code !== 124) {
      reader.pos -= 1;
      return refuseUnexpected(reader);
    }
  }
}

/** A list of one statement at least, and its closing word if one is given. */
function parseFilledList(reader: Reader, stops: Stops, closer: string | undefined, offset: number): Script {
  const script = parseList(reader, stops);
  if (script.statements.length === 0) return refuseUnexpected(reader);
  if (closer !== undefined) expect(reader, closer, undefined, offset);
  return script;
}

function expect(reader: Reader, word: string, opener: string | undefined, offset: number): void {
  const found = word === ')' ? reader.code === 41 : reader.peekShortWord() === word;
  if (found) {
    reader.pos += word.length;
    return;
  }
  if (!Number.isNaN(reader.code)) refuseUnexpected(reader);
  const what = opener === undefined ? 'a compound command' : `\`${opener}\``;
  refuseWith('unfinished command', `${what} is not closed: \`${word}\` is missing`, offset);
}

function readRedirects(reader: Reader): Redirect[] {
  const redirects: Redirect[] = [];
  for (;;) {
    reader.skipBlanks();
    if (isRedirectStart(reader)) {
      parseRedirect(reader, redirects, undefined);
      continue;
    }
    const descriptor = peekDescriptor(reader);
    if (descriptor === undefined) return redirects;
    parseRedirect(reader, redirects, descriptor);
  }
}

/** Reads the digits of a redirection such as `2>`, and nothing else. */
function peekDescriptor(reader: Reader) {
  const { pos, code } = reader;
  if (!isDigit(code) && code !== 123) return undefined;
  const raw = readWord(reader);
  const descriptor = readDescriptor(reader, raw);
  if (descriptor === undefined) reader.pos = pos;
  return descriptor;
}
