import type { Arithmetic, Condition, Word } from '../../../../../src/policy/shell/ast.js';
import type { Item } from './outline.js';

/** What `$((…))` computes, operators outside their operands. */
export function outlineArithmetic(expression: Arithmetic): Item {
  switch (expression.kind) {
    case 'number':
      return { label: expression.digits, items: [] };
    case 'name':
      return {
        label: `${expression.dollar ? '$' : ''}${expression.name}`,
        offset: expression.offset,
        items: [],
      };
    case 'unary':
      return { label: expression.operator, items: [outlineArithmetic(expression.operand)] };
    case 'binary':
      return {
        label: expression.operator,
        items: [expression.left, expression.right].map(outlineArithmetic),
      };
    case 'choice': {
      const { condition, then, otherwise } = expression;
      return { label: '?:', items: [condition, then, otherwise].map(outlineArithmetic) };
    }
    case 'group':
      return { label: '()', items: [outlineArithmetic(expression.inner)] };
  }
}

/** What `[[ … ]]` asks, operators outside their operands. */
export function outlineCondition(condition: Condition, outlineWord: (word: Word) => Item): Item {
  const outline = (inner: Condition) => outlineCondition(inner, outlineWord);
  switch (condition.kind) {
    case 'file':
    case 'text':
      return { label: condition.operator, items: [outlineWord(condition.operand)] };
    case 'match':
      return {
        label: condition.negated ? '!=' : '==',
        items: [condition.left, condition.pattern].map(outlineWord),
      };
    case 'compare':
      return { label: condition.operator, items: [condition.left, condition.right].map(outlineWord) };
    case 'not':
      return { label: '!', items: [outline(condition.inner)] };
    case 'group':
      return { label: '()', items: [outline(condition.inner)] };
    case 'and':
      return nest('&&', condition.conditions.map(outline));
    case 'or':
      return nest('||', condition.conditions.map(outline));
  }
}

/** `a && b && c` as `(a && b) && c`. */
function nest(label: string, items: readonly Item[]): Item {
  return items.reduce((left, right) => ({ label, items: [left, right] }));
}
