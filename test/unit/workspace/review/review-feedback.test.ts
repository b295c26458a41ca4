import { deepEqual, equal, ok } from 'node:assert/strict';
import type { WorkspaceReview } from '../../../../src/workspace/review/review.js';
import { type MadeReview, makeReview } from '../../ui/make-review.js';
import { keyOf, lines, reopen } from './review-fixture.js';

describe('what the agent is to be told of a review', () => {
  let made: MadeReview;
  let review: WorkspaceReview;

  beforeEach(async () => {
    made = await makeReview({
      'a.txt': { before: lines(), after: lines('1 one', '4 four') },
      'b.txt': { before: 'old\n', after: 'new\n' },
    });
    review = made.review;
  });
  afterEach(() => made.remove());

  it('is what was rejected and said, in order, also after a reload, until it is dropped', async () => {
    await review.reject('b.txt');
    const [, second] = await review.hunks('a.txt');
    await review.rejectHunk('a.txt', keyOf(review, 'a.txt'), second?.key ?? '');
    const id = await review.comment('a.txt', 2, 'one what?');
    const told = (await reopen(made)).feedback();
    deepEqual(
      told.map(({ kind, path }) => [kind, path]),
      [
        ['rejected', 'b.txt'],
        ['rejected-hunk', 'a.txt'],
        ['comment', 'a.txt'],
      ],
    );
    const [, hunk, comment] = told;
    ok(hunk?.kind === 'rejected-hunk' && comment?.kind === 'comment');
    deepEqual([hunk.line, hunk.excerpt], [5, '-4\n+4 four\n']);
    deepEqual([comment.line, comment.excerpt, comment.text], [2, '1 one\n', 'one what?']);
    await review.dropFeedback([id]);
    equal(review.feedback().length, 2);
  });

  it('tells of each thing once, and is bounded', async () => {
    await review.reject('b.txt');
    await review.reject('b.txt');
    equal(review.feedback().length, 1);
    await review.comment('a.txt', 1, 'x'.repeat(100_000));
    const [, long] = (await reopen(made)).feedback();
    equal(long?.kind === 'comment' && long.text.length, 4000);
  });

  it('does not tell of a rejection that was taken back', async () => {
    await review.reject('b.txt');
    await review.reopen(['b.txt']);
    equal(review.get('b.txt')?.decision, 'pending');
    deepEqual(review.feedback(), []);
  });
});
