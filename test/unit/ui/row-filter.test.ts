import * as assert from 'node:assert/strict';
import { indexReview } from '../../../src/ui/review-index.js';
import { ReviewStore } from '../../../src/ui/review-store.js';
import {
  type FilterKind,
  filterKinds,
  filterRows,
  noFilter,
  readFilter,
} from '../../../src/ui/row-filter.js';
import { changeKey } from '../../../src/workspace/changes.js';
import { type MadeReview, makeReview } from './make-review.js';

describe('the filter of changes', () => {
  let made: MadeReview;
  before(async () => {
    made = await makeReview({
      'Src/One.ts': { before: '1\n', after: '2\n' },
      'logo.png': { before: '1\n', after: '2\n', isBinary: true },
      'mine.ts': { before: '1\n', after: '2\n', isHostEdited: true },
      '.airlock/policy.jsonc': { after: '{}\n' },
      'done.txt': { before: '1\n', after: '2\n' },
      'old.txt': { before: 'same\n', renamedFrom: 'renamed.md' },
      'renamed.md': { after: 'same\n', renamedFrom: 'old.txt' },
    });
    await made.review.reject('done.txt');
    const change = made.review.get('logo.png')?.change;
    assert.ok(change);
    await made.review.mark('logo.png', changeKey(change), { kind: 'all' });
  });
  after(() => made.remove());

  const shown = (kind: FilterKind, text = '') =>
    filterRows(indexReview(made.review), { kind, text }).map(({ path }) => path);

  it('shows everything at first', () => {
    assert.deepEqual(shown(noFilter.kind), [
      '.airlock/policy.jsonc',
      'mine.ts',
      'Src/One.ts',
      'logo.png',
      'renamed.md',
    ]);
  });

  const expected: Record<Exclude<FilterKind, 'all'>, readonly string[]> = {
    pending: ['.airlock/policy.jsonc', 'Src/One.ts', 'logo.png', 'renamed.md'],
    protected: ['.airlock/policy.jsonc'],
    conflicts: ['mine.ts'],
    binary: ['logo.png'],
    marked: ['logo.png'],
    decided: ['done.txt'],
  };
  for (const [kind, paths] of Object.entries(expected))
    it(`shows what is ${kind}`, () => {
      const known = filterKinds.find((name) => name === kind);
      assert.ok(known);
      assert.deepEqual(shown(known), paths);
    });

  it('looks for a part of the path in any case, of either name of a rename', () => {
    assert.deepEqual(shown('all', 'src/o'), ['Src/One.ts']);
    assert.deepEqual(shown('all', 'OLD'), ['renamed.md']);
    assert.deepEqual(shown('all', '*.ts'), []);
    assert.deepEqual(shown('binary', 'one'), []);
  });

  it('is read from what was stored, or else is none', () => {
    assert.deepEqual(readFilter({ kind: 'binary', text: 'x' }), { kind: 'binary', text: 'x' });
    for (const stored of [undefined, null, 'x', { kind: 'nonsense' }, { text: 7 }])
      assert.deepEqual(readFilter(stored), noFilter);
  });
});

describe('the store of reviews', () => {
  let made: MadeReview;
  before(async () => {
    made = await makeReview({ 'a.txt': { after: '1\n' }, 'b.txt': { after: '1\n' } });
  });
  after(() => made.remove());

  it('reads a review once for all questions, until it changes', async () => {
    const { review } = made;
    let reads = 0;
    const list = review.list.bind(review);
    review.list = () => {
      reads += 1;
      return list();
    };
    const store = new ReviewStore(async () => []);
    store.add(review);
    const ask = () => [
      store.rows().length,
      store.pending().count,
      store.row(review.sessionId, 'a.txt')?.path,
    ];
    assert.deepEqual([ask(), ask()], Array(2).fill([2, 2, 'a.txt']));
    assert.equal(reads, 1);
    const before = store.row(review.sessionId, 'b.txt')?.reviewed;
    await review.reject('a.txt');
    assert.deepEqual(ask(), [1, 1, undefined]);
    assert.equal(reads, 2);
    assert.equal(store.row(review.sessionId, 'b.txt')?.reviewed, before);
  });
});
