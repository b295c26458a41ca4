import type { Condition, Word } from './ast.js';

/** The inside of `[[ … ]]`, so that parsing it gives the same condition. */
export function printCondition(condition: Condition, printWord: (word: Word) => string): string {
  const print = (inner: Condition) => printCondition(inner, printWord);
  switch (condition.kind) {
    case 'file':
    case 'text':
      return `${condition.operator} ${printWord(condition.operand)}`;
    case 'match': {
      const operator = condition.negated ? '!=' : '==';
      return `${printWord(condition.left)} ${operator} ${printWord(condition.pattern)}`;
    }
    case 'compare':
      return `${printWord(condition.left)} ${condition.operator} ${printWord(condition.right)}`;
    case 'not':
      return `! ${print(condition.inner)}`;
    case 'group':
      return `( ${print(condition.inner)} )`;
    case 'and':
      return condition.conditions.map(print).join(' && ');
    case 'or':
      return condition.conditions.map(print).join(' || ');
  }
}
