import type { WorkspacePath } from '../base/workspace-path.js';
import type { Decision } from './decision.js';
import { type ProgramCall, planWords, toProgramCall } from './plan-program.js';
import type { Policy } from './policy.js';
import { refuseNumbers } from './refuse-numbers.js';
import type { Condition, FileOperator, Word } from './shell/ast.js';
import { listTests } from './shell/list-conditions.js';
import type { Value } from './value.js';

/** The program that a file test of `[[ … ]]` is judged as. */
export function toTestWords<T>(operator: FileOperator, path: T): readonly ['test', FileOperator, T] {
  return ['test', operator, path];
}

export interface TestPlan {
  /** The strictest of all. */
  readonly decision: Decision;
  /** What `ask` is about; undefined where a path is only known while it runs. */
  readonly asked: readonly (ProgramCall | undefined)[];
}

/** Decides the file tests of a condition as calls of `test`; texts are nobody's, and numbers may only not be expressions. */
export function planTest(
  policy: Policy,
  condition: Condition,
  join: (word: Word) => readonly Value[],
  cwd: WorkspacePath,
): TestPlan {
  let decision: Decision = { decision: 'allow', rule: '[[', reason: '"[[" is allowed' };
  const asked: (ProgramCall | undefined)[] = [];
  for (const test of listTests(condition)) {
    if (test.kind === 'compare') {
      const wrong = refuseNumbers([...join(test.left), ...join(test.right)]);
      if (wrong !== undefined) return { decision: wrong, asked: [] };
    }
    if (test.kind !== 'file') continue;
    for (const path of join(test.operand)) {
      const words = toTestWords(test.operator, path);
      const planned = planWords(policy, words, {}, cwd).decision;
      if (planned.decision === 'deny') return { decision: planned, asked: [] };
      if (planned.decision !== 'ask') continue;
      decision = planned;
      asked.push(toProgramCall(words, {}, cwd));
    }
  }
  return { decision, asked };
}
