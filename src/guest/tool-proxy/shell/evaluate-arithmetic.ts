import type { Arithmetic, ArithmeticOperator } from '../../../policy/shell/ast.js';
import { readDecimal } from '../../../policy/shell/decimal.js';
import { listNamesIn } from '../../../policy/shell/list-names.js';
import { printArithmetic } from '../../../policy/shell/print-arithmetic.js';
import { ExpansionError } from './expansion-error.js';

/** Gives a variable's value, '' when it is unset. Throws ExpansionError under `set -u`. */
type Lookup = (name: string) => string;
/** Leaves the script: the value is no decimal number. */
type RefuseValue = (name: string, value: string) => never;

/** The value, wrapped to signed 64 bits as bash does. Throws ExpansionError for a division by zero. */
export function evaluateArithmetic(expression: Arithmetic, lookup: Lookup, refuse: RefuseValue): bigint {
  return new Evaluation(lookup, refuse).evaluate(expression, true);
}

class Evaluation {
  readonly #lookup: Lookup;
  readonly #refuse: RefuseValue;

  constructor(lookup: Lookup, refuse: RefuseValue) {
    this.#lookup = lookup;
    this.#refuse = refuse;
  }

  /** `mayBeEmpty`: where `$NAME` stands, bash takes no text at all as well. */
  evaluate(expression: Arithmetic, mayBeEmpty = false): bigint {
    switch (expression.kind) {
      case 'number':
        return BigInt(expression.digits);
      case 'name':
        return this.#read(expression, mayBeEmpty);
      case 'unary': {
        const operand = this.evaluate(expression.operand);
        return expression.operator === '!' ? truth(operand === 0n) : BigInt.asIntN(64, -operand);
      }
      case 'binary':
        return this.#evaluateBinary(expression, mayBeEmpty);
      case 'choice': {
        const { condition, then, otherwise } = expression;
        const holds = this.evaluate(condition, mayBeEmpty && condition.kind !== 'name') !== 0n;
        this.#skip(holds ? otherwise : then);
        return this.evaluate(holds ? then : otherwise);
      }
      case 'group':
        return this.evaluate(expression.inner);
    }
  }

  #read({ name, dollar }: Extract<Arithmetic, { kind: 'name' }>, mayBeEmpty: boolean): bigint {
    const value = this.#lookup(name);
    if (value === '' && (mayBeEmpty || !dollar)) return 0n;
    return readDecimal(value) ?? this.#refuse(name, value);
  }

  /** bash puts the value of `$NAME` in before it reads the expression: also where that is not evaluated. */
  #skip(expression: Arithmetic): void {
    for (const use of listNamesIn(expression)) if (use.dollar) this.#read(use, false);
  }

  #evaluateBinary(expression: Extract<Arithmetic, { kind: 'binary' }>, mayBeEmpty: boolean): bigint {
    const { operator, left, right } = expression;
    // Without its first operand, `+ 1` and `- 1` are numbers still.
    const isSign = operator === '+' || operator === '-';
    const first = this.evaluate(left, mayBeEmpty && (isSign || left.kind !== 'name'));
    if (operator === '&&' || operator === '||') {
      if ((first !== 0n) === (operator === '&&')) return truth(this.evaluate(right) !== 0n);
      this.#skip(right);
      return truth(first !== 0n);
    }
    const second = this.evaluate(right);
    if ((operator === '/' || operator === '%') && second === 0n)
      throw new ExpansionError('arithmetic', `${printArithmetic(expression)}: division by 0`);
    return BigInt.asIntN(64, calculate(operator, first, second));
  }
}

function calculate(operator: ArithmeticOperator, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '<':
      return truth(left < right);
    case '>':
      return truth(left > right);
    case '<=':
      return truth(left <= right);
    case '>=':
      return truth(left >= right);
    case '==':
      return truth(left === right);
    case '!=':
      return truth(left !== right);
  }
}

function truth(holds: boolean): bigint {
  return holds ? 1n : 0n;
}
