import type { Arithmetic } from './ast.js';

/** The inside of `$((…))`, so that parsing it gives the same expression. */
export function printArithmetic(expression: Arithmetic): string {
  switch (expression.kind) {
    case 'number':
      return expression.digits;
    case 'name':
      return `${expression.dollar ? '$' : ''}${expression.name}`;
    case 'unary': {
      const operand = printArithmetic(expression.operand);
      // `--` would be another operator.
      return `${expression.operator}${operand.startsWith('-') ? ' ' : ''}${operand}`;
    }
    case 'binary':
      return `${printArithmetic(expression.left)} ${expression.operator} ${printArithmetic(expression.right)}`;
    case 'choice': {
      const [condition, then, otherwise] = [expression.condition, expression.then, expression.otherwise];
      return `${printArithmetic(condition)} ? ${printArithmetic(then)} : ${printArithmetic(otherwise)}`;
    }
    case 'group':
      return `(${printArithmetic(expression.inner)})`;
  }
}
