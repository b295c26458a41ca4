import type { CompareOperator, Condition, FileOperator, Word } from './ast.js';
import { BREAK, classOf } from './chars.js';
import { readDecimal } from './decimal.js';
import { finishPattern, finishValue, plainText } from './finish-word.js';
import { literalText } from './literal-text.js';
import { refuseUnexpected } from './parse-list.js';
import type { RawWord } from './piece.js';
import { readWord } from './read-word.js';
import type { Reader } from './reader.js';
import { refuse } from './refuse.js';

/** From behind `[[` to behind `]]`, in one line. */
export function parseTest(reader: Reader): Condition {
  if (reader.code !== 32 && reader.code !== 9) return refuse('extended test', reader.offset);
  const condition = parseOr(reader);
  reader.skipBlanks();
  if (reader.peekShortWord() !== ']]') return refuseUnexpected(reader);
  reader.pos += 2;
  return condition;
}

function parseOr(reader: Reader): Condition {
  return parseChain(reader, 'or', '||', () => parseChain(reader, 'and', '&&', () => parseTerm(reader)));
}

function parseChain(reader: Reader, kind: 'and' | 'or', operator: string, parse: () => Condition): Condition {
  const first = parse();
  const conditions = [first];
  for (reader.skipBlanks(); reader.startsWith(operator); reader.skipBlanks()) {
    reader.pos += 2;
    conditions.push(parse());
  }
  return conditions.length === 1 ? first : { kind, conditions };
}

function parseTerm(reader: Reader): Condition {
  reader.skipBlanks();
  const { offset } = reader;
  if (reader.code === 40) return parseGroup(reader, offset);
  const raw = readOperand(reader);
  const text = plainText(raw);
  if (text === '!') {
    reader.enter(offset);
    const inner = parseTerm(reader);
    reader.leave();
    return { kind: 'not', inner };
  }
  if (text !== undefined && /^-[A-Za-z]$/.test(text)) return parseUnary(reader, text, offset);
  return parseBinary(reader, finishValue(raw));
}

function parseGroup(reader: Reader, offset: number): Condition {
  reader.pos += 1;
  reader.enter(offset);
  const inner = parseOr(reader);
  reader.leave();
  reader.skipBlanks();
  if (reader.code !== 41) return refuseUnexpected(reader);
  reader.pos += 1;
  return { kind: 'group', inner };
}

function parseUnary(reader: Reader, operator: string, offset: number): Condition {
  if (operator === '-n' || operator === '-z')
    return { kind: 'text', operator, operand: finishValue(readOperand(reader)) };
  const known = fileOperators.find((candidate) => candidate === operator);
  if (known === undefined) return refuse('test operator', offset);
  return { kind: 'file', operator: known, operand: finishValue(readOperand(reader)) };
}

function parseBinary(reader: Reader, left: Word): Condition {
  reader.skipBlanks();
  const { offset } = reader;
  const ends = reader.code === 41 || reader.startsWith('&&') || reader.startsWith('||');
  if (ends || reader.peekShortWord() === ']]') return { kind: 'text', operator: '-n', operand: left };
  if (reader.code === 60 || reader.code === 62) return refuse('test operator', offset);
  const operator = plainText(readOperand(reader));
  if (operator === '==' || operator === '=' || operator === '!=')
    return {
      kind: 'match',
      negated: operator === '!=',
      left,
      pattern: finishPattern(readOperand(reader)),
    };
  const known = compareOperators.find((candidate) => candidate === operator);
  if (known === undefined) return refuse('test operator', offset);
  const right = finishValue(readOperand(reader));
  return { kind: 'compare', operator: known, left: requireNumber(left), right: requireNumber(right) };
}

const fileOperators: readonly FileOperator[] = ['-e', '-f', '-d', '-L', '-s', '-r', '-w', '-x'];
const compareOperators: readonly CompareOperator[] = ['-eq', '-ne', '-lt', '-le', '-gt', '-ge'];

function readOperand(reader: Reader): RawWord {
  reader.skipBlanks();
  if (classOf(reader.code) === BREAK || reader.peekShortWord() === ']]') return refuseUnexpected(reader);
  return readWord(reader);
}

/** bash would run other text as an expression; what is not known yet is looked at when it is. */
function requireNumber(word: Word): Word {
  const text = literalText(word);
  if (text === undefined || text === '' || readDecimal(text) !== undefined) return word;
  return refuse('test number', word.offset);
}
