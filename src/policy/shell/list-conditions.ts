import type { Condition, Word } from './ast.js';

type Leaf = Extract<Condition, { kind: 'file' | 'text' | 'match' | 'compare' }>;

/** The single tests of a condition, in their order. */
export function listTests(condition: Condition): readonly Leaf[] {
  switch (condition.kind) {
    case 'not':
    case 'group':
      return listTests(condition.inner);
    case 'and':
    case 'or':
      return condition.conditions.flatMap(listTests);
    default:
      return [condition];
  }
}

export function wordsOfCondition(condition: Condition): readonly Word[] {
  return listTests(condition).flatMap(wordsOfTest);
}

function wordsOfTest(test: Leaf): readonly Word[] {
  switch (test.kind) {
    case 'file':
    case 'text':
      return [test.operand];
    case 'match':
      return [test.left, test.pattern];
    case 'compare':
      return [test.left, test.right];
  }
}
