import { deepEqual, equal, match } from 'node:assert/strict';
import type { Change } from '../../../../src/workspace/changes.js';
import { shownKeys } from '../../../../src/workspace/review/shown-keys.js';
import { findMassDeletion } from '../../../../src/workspace/risk/mass-deletion.js';
import { makeReview } from '../../ui/make-review.js';
import { changeOf } from './change.js';

const many = (count: number, folder: string, make: (path: string) => Change) =>
  Array.from({ length: count }, (_, index) => make(`${folder}${index}.ts`));
const deleted = (path: string) => changeOf(path, 'a', undefined);
const edited = (path: string) => changeOf(path, 'a', 'b');
const found = (changes: readonly Change[]) => findMassDeletion(changes).size;

describe('a mass of deletions', () => {
  it('is 25 or more that are a third of all changes', () => {
    equal(found([...many(25, 'a', deleted), ...many(50, 'b', edited)]), 25);
    equal(found([...many(24, 'a', deleted), ...many(1, 'b', edited)]), 0);
    equal(found([...many(25, 'a', deleted), ...many(51, 'b', edited)]), 0);
  });

  it('is 10 or more in a folder in which nothing else is changed', () => {
    equal(found([...many(10, 'src/', deleted), ...many(40, 'b', edited)]), 10);
    equal(
      found([...many(5, 'src/a/', deleted), ...many(5, 'src/b/', deleted), ...many(40, 'b', edited)]),
      10,
    );
    equal(found([...many(9, 'src/', deleted), ...many(40, 'b', edited)]), 0);
    equal(found([...many(10, 'src/', deleted), edited('src/x.ts'), ...many(40, 'b', edited)]), 0);
    equal(found([...many(10, '', deleted), ...many(40, 'b', edited)]), 0);
  });

  it('does not count what was only renamed, or is refused', () => {
    const renamed = many(30, 'lib/', (path) => ({
      ...changeOf(path, undefined, 'a'),
      renamedFrom: path.replace('lib', 'src'),
    }));
    equal(found([...many(30, 'src/', deleted), ...renamed]), 0);
    equal(found(many(30, 'src/', (path) => ({ ...deleted(path), status: 'refused' as const }))), 0);
  });

  it('says how many', () => {
    const [risk] = findMassDeletion(many(30, 'src/', deleted)).values();
    equal(risk?.rule, 'mass-deletion');
    match(risk?.reason ?? '', /^it is one of 30 deletions among 30 changes$/);
  });

  it('is not approved together with the rest', async () => {
    const gone = Object.fromEntries(
      Array.from({ length: 25 }, (_, i) => [`d${i}.txt`, { before: `${i}\n` }]),
    );
    const made = await makeReview({ ...gone, 'a.txt': { after: 'a\n' } });
    try {
      const outcomes = await made.review.approveAll(shownKeys(made.review.list()));
      deepEqual(
        outcomes.filter(({ kind }) => kind === 'applied').map(({ path }) => path),
        ['a.txt'],
      );
      equal(made.review.get('d7.txt')?.risks[0]?.rule, 'mass-deletion');
    } finally {
      await made.remove();
    }
  });
});
