import { deepEqual, equal, match } from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspaceReview } from '../../../../src/workspace/review/review.js';
import { shownKeys } from '../../../../src/workspace/review/shown-keys.js';
import { type MadeReview, makeReview } from '../../ui/make-review.js';
import { editReal, keyOf, lines, propose, readProposal, readReal, reopen } from './review-fixture.js';

describe('a review whose real file was edited meanwhile', () => {
  let made: MadeReview;
  let review: WorkspaceReview;
  const AGENT = lines('1 one', '7 seven');

  beforeEach(async () => {
    made = await makeReview({
      'a.txt': { before: lines(), after: AGENT },
      'b.txt': { before: 'old\n', after: 'new\n' },
    });
    review = made.review;
  });
  afterEach(() => made.remove());

  const approve = () => review.approve('a.txt', keyOf(review, 'a.txt'));
  const side = async (name: 'before' | 'base' | 'agent') =>
    Buffer.from(await review.read('a.txt', name)).toString();

  it('puts edits of other lines together, writes nothing yet, and writes the merge when that is approved', async () => {
    editReal(made, 'a.txt', lines('4 mine'));
    equal((await approve()).kind, 'merged');
    equal(readReal(made, 'a.txt'), lines('4 mine'));
    equal(await readProposal(review, 'a.txt'), lines('1 one', '4 mine', '7 seven'));
    deepEqual([review.get('a.txt')?.decision, review.get('a.txt')?.merge], ['pending', 'clean']);
    equal(await side('before'), lines('4 mine'));
    equal((await approve()).kind, 'applied');
    equal(readReal(made, 'a.txt'), lines('1 one', '4 mine', '7 seven'));
  });

  it('merges within "all", and leaves the others applied', async () => {
    editReal(made, 'a.txt', lines('4 mine'));
    const outcomes = await review.approveAll(shownKeys(review.list()));
    deepEqual(outcomes.map(({ kind, path }) => [path, kind]).sort(), [
      ['a.txt', 'merged'],
      ['b.txt', 'applied'],
    ]);
  });

  it('is not resolved by what an editor saves by itself', async () => {
    editReal(made, 'a.txt', lines('1 mine'));
    await approve();
    equal(await review.beginMerge('a.txt', keyOf(review, 'a.txt')), true);
    await review.edit('a.txt', Buffer.from(lines()), { isDraft: true });
    deepEqual([review.get('a.txt')?.decision, review.get('a.txt')?.merge], ['conflict', 'marked']);
    equal((await approve()).kind, 'refused');
    await review.edit('a.txt', Buffer.from(lines('1 both')));
    deepEqual([review.get('a.txt')?.decision, review.get('a.txt')?.merge], ['pending', 'clean']);
  });

  it('does not offer the merge to an approval of what was shown before it', async () => {
    const shown = keyOf(review, 'a.txt');
    editReal(made, 'a.txt', lines('4 mine'));
    await review.approve('a.txt', shown);
    equal((await review.approve('a.txt', shown)).kind, 'conflict');
    equal(readReal(made, 'a.txt'), lines('4 mine'));
  });

  it('says that edits of the same lines conflict, and takes neither', async () => {
    editReal(made, 'a.txt', lines('1 mine'));
    const outcome = await approve();
    deepEqual([outcome.kind, outcome.kind === 'conflict' && outcome.mergeable], ['conflict', true]);
    equal(await readProposal(review, 'a.txt'), AGENT);
    equal(readReal(made, 'a.txt'), lines('1 mine'));
  });

  it('is merged by the user between markers, which cannot be approved before they are gone', async () => {
    editReal(made, 'a.txt', lines('1 mine'));
    await approve();
    equal(await review.beginMerge('a.txt', keyOf(review, 'a.txt')), true);
    match(
      await readProposal(review, 'a.txt'),
      /<<<<<<< yours\n1 mine\n\|\|\|\|\|\|\| base\n1\n=======\n1 one\n>>>>>>> agent\n/,
    );
    deepEqual(
      [await side('before'), await side('base'), await side('agent')],
      [lines('1 mine'), lines(), AGENT],
    );
    const refused = await approve();
    match(refused.kind === 'refused' ? refused.reason : '', /not resolved yet/);
    const again = await reopen(made);
    equal(again.get('a.txt')?.merge, 'marked');
    await review.edit('a.txt', Buffer.from(lines('1 both', '7 seven')));
    equal(review.get('a.txt')?.decision, 'pending');
    equal((await approve()).kind, 'applied');
    equal(readReal(made, 'a.txt'), lines('1 both', '7 seven'));
  });

  it('can go back to what the agent proposed, as the conflict that it was', async () => {
    editReal(made, 'a.txt', lines('1 mine'));
    await approve();
    await review.beginMerge('a.txt', keyOf(review, 'a.txt'));
    equal(await review.resetProposal('a.txt'), true);
    equal(await readProposal(review, 'a.txt'), AGENT);
    equal(review.get('a.txt')?.decision, 'conflict');
    equal(await review.resetProposal('a.txt'), false);
    equal((await approve()).kind, 'conflict');
    equal(readReal(made, 'a.txt'), lines('1 mine'));
  });

  it('knows what the agent started from when the next capture finds the edit', async () => {
    editReal(made, 'a.txt', lines('4 mine'));
    await propose(made, 'a.txt', AGENT, true);
    equal(review.get('a.txt')?.decision, 'conflict');
    equal(await side('base'), lines());
    equal((await approve()).kind, 'merged');
    equal(await readProposal(review, 'a.txt'), lines('1 one', '4 mine', '7 seven'));
    // The edit is in the proposal: the next round is no news of it.
    await propose(made, 'a.txt', AGENT, true);
    equal(review.get('a.txt')?.decision, 'pending');
    // Nor when the agent goes on.
    await propose(made, 'a.txt', lines('1 one', '6 six', '7 seven'), true);
    equal(review.get('a.txt')?.decision, 'pending');
    equal(await readProposal(review, 'a.txt'), lines('1 one', '4 mine', '6 six', '7 seven'));
    equal((await approve()).kind, 'applied');
    equal(readReal(made, 'a.txt'), lines('1 one', '4 mine', '6 six', '7 seven'));
  });

  it('never merges by itself what it does not know the origin of', async () => {
    const other = await makeReview({});
    try {
      editReal(other, 'c.txt', lines('4 mine'));
      const { blobs } = other.review;
      const [before, after] = [lines('4 mine'), AGENT];
      const put = async (text: string) =>
        ({
          kind: 'file',
          sha256: await blobs.put(Buffer.from(text)),
          size: text.length,
          mode: 0o644,
        }) as const;
      const change = {
        path: 'c.txt',
        status: 'modified' as const,
        before: await put(before),
        after: await put(after),
        binary: false,
        added: 3,
        removed: 3,
      };
      await other.review.update([change], new Set(['c.txt']));
      const outcome = await other.review.approve('c.txt', keyOf(other.review, 'c.txt'));
      deepEqual([outcome.kind, outcome.kind === 'conflict' && outcome.mergeable], ['conflict', true]);
      equal(await other.review.beginMerge('c.txt', keyOf(other.review, 'c.txt')), true);
      equal((await readProposal(other.review, 'c.txt')).match(/<<<<<<< yours/g)?.length, 3);
    } finally {
      await other.remove();
    }
  });

  it('says so when the file is gone, and writes it only when asked to', async () => {
    rmSync(join(made.workspace, 'a.txt'));
    const outcome = await approve();
    deepEqual([outcome.kind, outcome.kind === 'conflict' && outcome.mergeable], ['conflict', undefined]);
    equal(
      (await review.approve('a.txt', keyOf(review, 'a.txt'), { live: { kind: 'absent' } })).kind,
      'applied',
    );
    equal(readReal(made, 'a.txt'), AGENT);
  });

  it('does not bring back what was rejected because the user goes on working', async () => {
    await review.reject('a.txt');
    editReal(made, 'a.txt', lines('4 mine'));
    await propose(made, 'a.txt', AGENT, true);
    equal(review.get('a.txt')?.decision, 'rejected');
  });

  it('keeps a rejected file rejected but for what the agent added since', async () => {
    await review.reject('a.txt');
    await propose(made, 'a.txt', lines('1 one', '4 four', '7 seven'));
    equal(await readProposal(review, 'a.txt'), lines('4 four'));
    equal(review.get('a.txt')?.decision, 'pending');
    equal((await review.hunks('a.txt')).length, 1);
  });
});
