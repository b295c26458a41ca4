import { deepEqual, equal } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspaceReview } from '../../../../src/workspace/review/review.js';
import { shownKeys } from '../../../../src/workspace/review/shown-keys.js';
import { type MadeReview, makeReview } from '../../ui/make-review.js';
import { editReal, keyOf, lines, propose, readReal, reopen } from './review-fixture.js';

describe('marks of a review', () => {
  let made: MadeReview;
  let review: WorkspaceReview;

  beforeEach(async () => {
    made = await makeReview({
      'a.txt': { before: lines(), after: lines('1 one', '4 four', '7 seven') },
      'b.txt': { before: 'old\n', after: 'new\n' },
      'new.txt': { after: 'all of it\n' },
      '.airlock/policy.jsonc': { after: '{}\n' },
    });
    review = made.review;
  });
  afterEach(() => made.remove());

  const hunkKeys = async () => (await review.hunks('a.txt')).map(({ key }) => key);
  const markHunk = async (index: number, isMarked = true) =>
    review.mark('a.txt', keyOf(review, 'a.txt'), {
      kind: 'hunk',
      hunk: (await hunkKeys())[index] ?? '',
      isMarked,
    });
  const kinds = (outcomes: Awaited<ReturnType<WorkspaceReview['applyMarked']>>) =>
    outcomes.map(({ kind, path }) => [path, kind]).sort();

  it('write nothing by themselves, and outlive a reload', async () => {
    equal(await review.mark('b.txt', keyOf(review, 'b.txt'), { kind: 'all' }), true);
    equal(await markHunk(1), true);
    equal(readReal(made, 'b.txt'), 'old\n');
    const again = await reopen(made);
    deepEqual(again.get('b.txt')?.mark, { kind: 'all' });
    deepEqual(again.get('a.txt')?.mark, { kind: 'hunks', keys: new Set([(await hunkKeys())[1]]) });
    equal(again.get('b.txt')?.decision, 'pending');
  });

  it('are written together: whole changes and chosen hunks, and nothing else', async () => {
    await review.mark('b.txt', keyOf(review, 'b.txt'), { kind: 'all' });
    await markHunk(0);
    await markHunk(2);
    deepEqual(kinds(await review.applyMarked(new Map())), [
      ['a.txt', 'applied'],
      ['b.txt', 'applied'],
    ]);
    equal(readReal(made, 'a.txt'), lines('1 one', '7 seven'));
    equal(readReal(made, 'b.txt'), 'new\n');
    equal(existsSync(join(made.workspace, 'new.txt')), false);
    deepEqual([review.get('a.txt')?.decision, review.get('a.txt')?.mark], ['pending', { kind: 'none' }]);
    equal((await hunkKeys()).length, 1);
    // One apply, so that one undo takes all of it back.
    await review.applier.undo();
    equal(readReal(made, 'a.txt'), lines());
    equal(readReal(made, 'b.txt'), 'old\n');
  });

  it('of every hunk are the whole change, and one less is not', async () => {
    for (const index of [0, 1, 2]) await markHunk(index);
    deepEqual(review.get('a.txt')?.mark, { kind: 'all' });
    await markHunk(1, false);
    const mark = review.get('a.txt')?.mark;
    equal(mark?.kind === 'hunks' ? mark.keys.size : 0, 2);
    await review.mark('a.txt', keyOf(review, 'a.txt'), { kind: 'none' });
    deepEqual(review.get('a.txt')?.mark, { kind: 'none' });
  });

  it('do not write a protected change that was not confirmed as it is', async () => {
    await review.markAll(shownKeys(review.list()), true);
    const path = '.airlock/policy.jsonc';
    deepEqual(
      kinds(await review.applyMarked(new Map([[path, 'another']]))).find(([name]) => name === path),
      [path, 'refused'],
    );
    equal(existsSync(join(made.workspace, path)), false);
    deepEqual(kinds(await review.applyMarked(new Map([[path, keyOf(review, path)]]))), [[path, 'applied']]);
  });

  it('are not set on another proposal than was shown, on a decided change or on a hunk that is none', async () => {
    equal(await review.mark('b.txt', 'another', { kind: 'all' }), false);
    equal(
      await review.mark('a.txt', keyOf(review, 'a.txt'), { kind: 'hunk', hunk: 'x', isMarked: true }),
      false,
    );
    await review.reject('b.txt');
    equal(await review.mark('b.txt', keyOf(review, 'b.txt'), { kind: 'all' }), false);
    deepEqual(await review.applyMarked(new Map()), []);
  });

  it('go with an edit of the proposal: what is written was shown', async () => {
    await review.mark('b.txt', keyOf(review, 'b.txt'), { kind: 'all' });
    await review.edit('b.txt', Buffer.from('mine\n'));
    deepEqual(review.get('b.txt')?.mark, { kind: 'none' });
  });

  it('of the other hunks stay when one is rejected or approved by itself', async () => {
    await markHunk(0);
    await markHunk(1);
    const [first, second, third] = await hunkKeys();
    await review.rejectHunk('a.txt', keyOf(review, 'a.txt'), first ?? '');
    deepEqual(review.get('a.txt')?.mark, { kind: 'hunks', keys: new Set([second]) });
    await review.approveHunk('a.txt', keyOf(review, 'a.txt'), third ?? '');
    deepEqual(review.get('a.txt')?.mark, { kind: 'hunks', keys: new Set([second]) });
    deepEqual(kinds(await review.applyMarked(new Map())), [['a.txt', 'applied']]);
    equal(readReal(made, 'a.txt'), lines('4 four', '7 seven'));
  });

  it('stay on the hunks that the agent left as they were; its new ones wait and are told of', async () => {
    await review.mark('a.txt', keyOf(review, 'a.txt'), { kind: 'all' });
    const old = await hunkKeys();
    await propose(made, 'a.txt', lines('1 one', '4 vier', '7 seven'));
    const now = await hunkKeys();
    deepEqual(review.get('a.txt')?.mark, { kind: 'hunks', keys: new Set([old[0], old[2]]) });
    deepEqual(review.get('a.txt')?.fresh, new Set([now[1]]));
    await review.applyMarked(new Map());
    equal(readReal(made, 'a.txt'), lines('1 one', '7 seven'));
  });

  it('are kept over a round that changed nothing, and gone with a real file that was edited', async () => {
    await review.mark('b.txt', keyOf(review, 'b.txt'), { kind: 'all' });
    await propose(made, 'b.txt', 'new\n');
    deepEqual(review.get('b.txt')?.mark, { kind: 'all' });
    editReal(made, 'b.txt', 'old and mine\n');
    await propose(made, 'b.txt', 'new\n', true);
    deepEqual(review.get('b.txt')?.mark, { kind: 'none' });
    equal(review.get('b.txt')?.decision, 'conflict');
  });
});
