import { toVisibleLine } from '../../../base/visible-text.js';
import { toTestWords } from '../../../policy/plan-test.js';
import { denyScript } from '../../../policy/script-decisions.js';
import type { CompareOperator, Condition, Word } from '../../../policy/shell/ast.js';
import { NOT_DECIMAL, readDecimal } from '../../../policy/shell/decimal.js';
import { compilePattern, matches, type PatternChar, toChars } from '../../../policy/shell/match-pattern.js';
import { expandPattern, expandText } from './expand-word.js';
import { planFileTest } from './plan-start.js';
import type { Shell } from './shell.js';
import { testFile } from './test-file.js';

/** Whether the condition of a `[[ … ]]` is true; words that do not count are not expanded. */
export async function holds(shell: Shell, condition: Condition): Promise<boolean> {
  switch (condition.kind) {
    case 'file': {
      const path = await expandText(shell, condition.operand);
      await planFileTest(shell, toTestWords(condition.operator, path));
      return testFile(shell, condition.operator, path);
    }
    case 'text':
      return ((await expandText(shell, condition.operand)) === '') === (condition.operator === '-z');
    case 'match':
      return (await isMatch(shell, condition.left, condition.pattern)) !== condition.negated;
    case 'compare': {
      const left = await expandText(shell, condition.left);
      const right = await expandText(shell, condition.right);
      return compare(condition.operator, toNumber(shell, left), toNumber(shell, right));
    }
    case 'not':
      return !(await holds(shell, condition.inner));
    case 'group':
      return holds(shell, condition.inner);
    case 'and':
      for (const inner of condition.conditions) if (!(await holds(shell, inner))) return false;
      return true;
    case 'or':
      for (const inner of condition.conditions) if (await holds(shell, inner)) return true;
      return false;
  }
}

async function isMatch(shell: Shell, left: Word, right: Word): Promise<boolean> {
  const text = await expandText(shell, left);
  const chars = toChars(await expandPattern(shell, right));
  if (isExtended(chars))
    return fail(shell, 'test.pattern', 'a pattern such as @(…) in a value is not supported');
  return matches(compilePattern(chars), text);
}

/** Here bash gives `@(…)` and its like their meaning, even in a variable's value. */
function isExtended(chars: readonly PatternChar[]): boolean {
  return chars.some(
    ({ char, quoted }, index) =>
      char === '(' &&
      !quoted &&
      chars[index - 1]?.quoted === false &&
      '?*+@!'.includes(chars[index - 1]?.char ?? ' '),
  );
}

function toNumber(shell: Shell, text: string): bigint {
  if (text === '') return 0n;
  const shown = toVisibleLine(text, 80);
  return readDecimal(text) ?? fail(shell, 'test.value', `"${shown}" ${NOT_DECIMAL}`);
}

function compare(operator: CompareOperator, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '-eq':
      return left === right;
    case '-ne':
      return left !== right;
    case '-lt':
      return left < right;
    case '-le':
      return left <= right;
    case '-gt':
      return left > right;
    case '-ge':
      return left >= right;
  }
}

function fail(shell: Shell, rule: string, reason: string): never {
  return shell.run.fail({ kind: 'denied', decision: denyScript(rule, `[[ … ]]: ${reason}`) });
}
