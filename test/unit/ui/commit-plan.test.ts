import assert from 'node:assert/strict';
import { type Candidate, planCommit } from '../../../src/ui/git/commit-plan.js';

const here = (path: string, isAsWritten = true): Candidate => ({
  path,
  kind: 'changed',
  isAsWritten,
  place: 'here',
  inRepository: `sub/${path}`,
});
const view = (staged: readonly string[], changed: readonly string[]) => ({
  staged: new Set(staged),
  changed: new Set(changed),
});
const brief = ({ files, leftOut, foreign }: ReturnType<typeof planCommit>) => ({
  files: files.map(({ inRepository, needsAdd }) => `${inRepository}${needsAdd ? ' +' : ''}`),
  leftOut: leftOut.map(({ path, reason }) => `${path}: ${reason}`),
  foreign,
});

describe('what is committed', () => {
  it('is what was approved, not what else is changed', () => {
    const plan = planCommit([here('a'), here('b')], view([], ['sub/a', 'sub/b', 'sub/mine', 'a']));
    assert.deepEqual(brief(plan), { files: ['sub/a +', 'sub/b +'], leftOut: [], foreign: [] });
  });

  it('is also what the user has staged of it as a whole', () => {
    const plan = planCommit([here('a'), here('b')], view(['sub/a'], ['sub/b']));
    assert.deepEqual(brief(plan), { files: ['sub/a', 'sub/b +'], leftOut: [], foreign: [] });
  });

  it('is nothing that git has already', () => {
    assert.deepEqual(brief(planCommit([here('a')], view([], ['sub/b']))), {
      files: [],
      leftOut: [],
      foreign: [],
    });
  });

  it('is nothing that was edited since', () => {
    const plan = planCommit([here('a', false), here('b', false)], view([], ['sub/a']));
    assert.deepEqual(brief(plan), { files: [], leftOut: ['a: edited'], foreign: [] });
  });

  it('is impossible with other changes in the index', () => {
    const plan = planCommit([here('a')], view(['sub/mine', 'other'], ['sub/a']));
    assert.deepEqual(plan.foreign, ['other', 'sub/mine']);
  });

  it('is nothing that is staged in part, which is in the index then', () => {
    const plan = planCommit([here('a'), here('b')], view(['sub/a'], ['sub/a', 'sub/b']));
    assert.deepEqual(brief(plan), { files: ['sub/b +'], leftOut: ['a: partly-staged'], foreign: ['sub/a'] });
  });

  const patterns: readonly [string, string][] = [
    ['*', 'mine'],
    ['a*', 'a/b/mine'],
    ['a?c', 'abc'],
    ['app/[id]/page', 'app/i/page'],
    ['[ab]', 'b/below'],
    ['a[]x]', 'a]'],
    ['a\\b', 'ab'],
    [':x', 'mine'],
    [':(top)', 'mine'],
  ];
  for (const [name, mine] of patterns) {
    const file: Candidate = {
      path: name,
      kind: 'added',
      isAsWritten: true,
      place: 'here',
      inRepository: name,
    };
    it(`is nothing called ${name} while the user has changed ${mine}`, () => {
      const plan = planCommit([file, here('a')], view([], [name, mine, 'sub/a']));
      assert.deepEqual(brief(plan), { files: ['sub/a +'], leftOut: [`${name}: pattern`], foreign: [] });
    });
    // One that begins with what stands for anything is not told from a pattern of everything.
    if (/^[:*[]/.test(name)) continue;
    it(`is ${name} while only other files are changed`, () => {
      const plan = planCommit(
        [file, { ...file, path: mine, inRepository: mine }],
        view([], [name, mine, 'zz/other']),
      );
      assert.deepEqual(brief(plan).files, [`${name} +`, `${mine} +`]);
    });
  }

  it('is nothing of another repository', () => {
    const file = { path: 'x', kind: 'added', isAsWritten: true } as const;
    const plan = planCommit([{ ...file, place: 'elsewhere' }], view([], []));
    assert.deepEqual(brief(plan).leftOut, ['x: elsewhere']);
  });
});
