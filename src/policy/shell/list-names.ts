import type { Arithmetic, WordPart } from './ast.js';

/** A variable that is read, and where. */
export interface NameUse {
  readonly name: string;
  readonly offset: number;
}

type ArithmeticName = Extract<Arithmetic, { kind: 'name' }>;

/** The variables that a part of a word reads itself; those inside a substitution are its script's. */
export function listNames(part: WordPart): readonly NameUse[] {
  switch (part.kind) {
    case 'variable':
      return [part];
    case 'arithmetic':
      return listNamesIn(part.expression);
    case 'parameter':
      return [part, ...part.word.flatMap(listNames)];
    default:
      return [];
  }
}

export function listNamesIn(expression: Arithmetic): readonly ArithmeticName[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [expression];
    case 'unary':
      return listNamesIn(expression.operand);
    case 'binary':
      return [...listNamesIn(expression.left), ...listNamesIn(expression.right)];
    case 'choice':
      return [expression.condition, expression.then, expression.otherwise].flatMap(listNamesIn);
    case 'group':
      return listNamesIn(expression.inner);
  }
}
