import type { Arithmetic, BinaryOperator } from './ast.js';
import { findNameEnd } from './chars.js';
import { readDecimal } from './decimal.js';
import { maxArithmeticTerms } from './limits.js';
import { readName } from './read-name.js';
import type { Reader } from './reader.js';
import { refuse, refuseLimit } from './refuse.js';

/** `$((…))`, the reader at its `$`. Binds as in C; no assignment, no side effect. */
export function readArithmetic(reader: Reader): Arithmetic {
  reader.pos += 3;
  const parser = new ArithmeticParser(reader);
  const expression = parser.parseChoice();
  if (!reader.startsWith('))')) return refuse('arithmetic expression', reader.offset);
  reader.pos += 2;
  return expression;
}

/** Loosest first. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

class ArithmeticParser {
  readonly #reader: Reader;
  #terms = 0;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  parseChoice(): Arithmetic {
    const condition = this.#parseLevel(0);
    if (!this.#take('?')) return condition;
    const then = this.parseChoice();
    if (!this.#take(':')) return this.#refuse();
    return { kind: 'choice', condition, then, otherwise: this.parseChoice() };
  }

  #parseLevel(level: number): Arithmetic {
    const operators = levels[level];
    if (operators === undefined) return this.#parseUnary();
    let left = this.#parseLevel(level + 1);
    for (;;) {
      const operator = this.#takeOperator(operators);
      if (operator === undefined) return left;
      // bash puts the value in first: with a negative one it would read `NAME--`.
      const joins = operator === '-' && left.kind === 'name' && !left.dollar && this.#reader.code === 36;
      if (joins) return this.#refuse();
      left = { kind: 'binary', operator, left, right: this.#parseLevel(level + 1) };
    }
  }

  #takeOperator(operators: readonly BinaryOperator[]): BinaryOperator | undefined {
    const reader = this.#reader;
    this.#skipBlanks();
    const operator = operators.find((candidate) => reader.startsWith(candidate));
    if (operator === undefined) return undefined;
    const next = reader.text[reader.pos + operator.length];
    // An assignment, `++`, `--`, `**`, `<<` or `>>`.
    if (next === '=' || (operator.length === 1 && next === operator)) return this.#refuse();
    reader.pos += operator.length;
    return operator;
  }

  #parseUnary(): Arithmetic {
    const reader = this.#reader;
    this.#terms += 1;
    if (this.#terms > maxArithmeticTerms)
      refuseLimit(`an expression has more than ${maxArithmeticTerms} terms: split it`, reader.offset);
    this.#skipBlanks();
    if (reader.startsWith('--')) return this.#refuse();
    if (this.#take('-')) return { kind: 'unary', operator: '-', operand: this.#parseUnary() };
    if (this.#take('!')) return { kind: 'unary', operator: '!', operand: this.#parseUnary() };
    if (!this.#take('(')) return this.#parseOperand();
    const inner = this.parseChoice();
    return this.#take(')') ? { kind: 'group', inner } : this.#refuse();
  }

  #parseOperand(): Arithmetic {
    const reader = this.#reader;
    const { text, pos, offset, code } = reader;
    if (code === 36) {
      const name = readName(reader);
      return name === undefined ? this.#refuse() : { kind: 'name', name, dollar: true, offset };
    }
    const end = findNameEnd(text, pos);
    if (end === pos) return this.#parseNumber();
    const name = text.slice(pos, end);
    if (name === '_') return this.#refuse();
    reader.pos = end;
    return { kind: 'name', name, dollar: false, offset };
  }

  #parseNumber(): Arithmetic {
    const reader = this.#reader;
    const digits = /^\d+/.exec(reader.text.slice(reader.pos, reader.pos + 20))?.[0] ?? '';
    // Others would be octal, or wrap around already here.
    if (readDecimal(digits) === undefined) return this.#refuse();
    reader.pos += digits.length;
    return { kind: 'number', digits };
  }

  #take(text: string): boolean {
    this.#skipBlanks();
    if (!this.#reader.startsWith(text)) return false;
    this.#reader.pos += text.length;
    return true;
  }

  #skipBlanks(): void {
    while (this.#reader.code === 32 || this.#reader.code === 9) this.#reader.pos += 1;
  }

  #refuse(): never {
    return refuse('arithmetic expression', this.#reader.offset);
  }
}
