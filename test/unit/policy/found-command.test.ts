import { deepEqual, equal } from 'node:assert/strict';
import { planProgram } from '../../../src/policy/plan-program.js';
import { loadPreset } from '../../../src/policy/presets/index.js';

const developer = loadPreset('developer');

function plan(...argv: string[]) {
  return planProgram(developer, { argv, assignments: {}, cwd: '' });
}

describe('the command of find -exec', () => {
  it('runs with the words that its own table puts in', () => {
    const { argv, env } = plan('find', '.', '-exec', 'git', 'diff', '{}', ';', '-print');
    deepEqual(argv?.slice(0, 4), ['find', '.', '-exec', 'git']);
    deepEqual(argv?.slice(-3), ['{}', ';', '-print']);
    equal(argv?.includes('--no-ext-diff'), true);
    equal(env?.GIT_PAGER, 'cat');
  });

  it('keeps every word of two commands in its place', () => {
    const { argv } = plan(...'find src -exec git diff {} ; -exec git log {} + -print'.split(' '));
    const at = (word: string) => argv?.indexOf(word) ?? -1;
    equal(at('diff') < at(';') && at(';') < at('log') && at('log') < at('+'), true);
    deepEqual(argv?.slice(-3), ['{}', '+', '-print']);
    equal(argv?.filter((word) => word === '--no-ext-diff').length, 2);
  });

  it('judges `+` with more than one name', () => {
    equal(plan(...'find . -exec uniq {} ;'.split(' ')).decision.decision, 'allow');
    equal(plan(...'find . -exec uniq {} +'.split(' ')).decision.decision, 'deny');
  });
});
