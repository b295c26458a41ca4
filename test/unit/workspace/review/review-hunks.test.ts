import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import { changeKey } from '../../../../src/workspace/changes.js';
import { type MadeReview, makeReview } from '../../ui/make-review.js';
import { lines } from './review-fixture.js';

describe('a review hunk by hunk', () => {
  let made: MadeReview;

  beforeEach(async () => {
    made = await makeReview({
      'a.txt': { before: lines(), after: lines('1 one', '4 four', '7 seven') },
      'new.txt': { after: 'all of it\n' },
    });
  });
  afterEach(() => made.remove());

  const text = () => readFileSync(join(made.workspace, 'a.txt'), 'utf8');
  const key = () => {
    const found = made.review.get('a.txt');
    assert.ok(found);
    return changeKey(found.change);
  };
  const hunkKeys = async () => (await made.review.hunks('a.txt')).map((hunk) => hunk.key);
  const approve = async (index: number) =>
    made.review.approveHunk('a.txt', key(), (await hunkKeys())[index] ?? '');
  const reject = async (index: number) =>
    made.review.rejectHunk('a.txt', key(), (await hunkKeys())[index] ?? '');
  const decision = () => made.review.get('a.txt')?.decision;

  it('writes the approved hunk alone, and the others still wait', async () => {
    const before = await hunkKeys();
    assert.equal((await approve(1)).kind, 'applied');
    assert.equal(text(), lines('4 four'));
    assert.equal(decision(), 'pending');
    assert.deepEqual(await hunkKeys(), [before[0], before[2]]);
    assert.deepEqual(
      [made.review.get('a.txt')?.change.added, made.review.get('a.txt')?.change.removed],
      [2, 2],
    );
  });

  it('is done with the file when the last hunk is decided', async () => {
    await approve(0);
    assert.equal(await reject(0), true);
    assert.equal(text(), lines('1 one'));
    assert.equal((await approve(0)).kind, 'applied');
    assert.equal(text(), lines('1 one', '7 seven'));
    assert.equal(decision(), 'applied');
  });

  it('rejects a hunk without touching the file, and the last one with the file', async () => {
    assert.equal(await reject(1), true);
    assert.equal(await reject(1), true);
    assert.equal(decision(), 'pending');
    assert.equal(await reject(0), true);
    assert.equal(decision(), 'rejected');
    assert.equal(text(), lines());
  });

  it('writes a new file by its one hunk', async () => {
    const found = made.review.get('new.txt');
    assert.ok(found);
    const [hunk] = await made.review.hunks('new.txt');
    await made.review.approveHunk('new.txt', changeKey(found.change), hunk?.key ?? '');
    assert.equal(readFileSync(join(made.workspace, 'new.txt'), 'utf8'), 'all of it\n');
    assert.equal(made.review.get('new.txt')?.decision, 'applied');
  });

  it('writes nothing of a proposal that is not the one that was shown, or over an edit of the user’s', async () => {
    const shown = key();
    const [first = ''] = await hunkKeys();
    await reject(1);
    assert.equal((await made.review.approveHunk('a.txt', shown, first)).kind, 'conflict');
    assert.equal(await made.review.rejectHunk('a.txt', shown, first), false);
    writeFileSync(join(made.workspace, 'a.txt'), 'mine\n');
    assert.equal((await approve(0)).kind, 'conflict');
    assert.equal(text(), 'mine\n');
    assert.equal((await made.review.approveHunk('a.txt', key(), 'no such hunk')).kind, 'refused');
  });

  it('undoes hunk by hunk, and offers each again', async () => {
    const all = await hunkKeys();
    await approve(0);
    await approve(0);
    assert.equal(text(), lines('1 one', '4 four'));
    const applier = new Applier(made.stateDir, made.workspace);
    await applier.undo();
    await made.review.reopen(['a.txt']);
    assert.equal(text(), lines('1 one'));
    assert.deepEqual(await hunkKeys(), all.slice(1));
    await applier.undo();
    await made.review.reopen(['a.txt']);
    assert.equal(text(), lines());
    assert.deepEqual(await hunkKeys(), all);
    assert.equal((await approve(2)).kind, 'applied');
    assert.equal(text(), lines('7 seven'));
  });

  describe('when the agent goes on', () => {
    /** Another text of the agent's for the file, as the next capture tells it. */
    const propose = async (after: string) => {
      const found = made.review.get('a.txt');
      assert.ok(found?.change.before.kind === 'file');
      const sha = await made.review.blobs.put(Buffer.from(after));
      const state = { kind: 'file', sha256: sha, size: after.length, mode: 0o644 } as const;
      const others = made.review.list().filter(({ change }) => change.path !== 'a.txt');
      await made.review.update(
        [{ ...found.change, after: state }, ...others.map(({ change }) => change)],
        new Set(),
      );
    };
    const proposal = async () => Buffer.from(await made.review.read('a.txt', 'after')).toString();

    it('keeps a hunk rejected that is the same in its new text', async () => {
      await reject(0);
      await propose(lines('1 one', '4 vier', '7 seven', '8 eight'));
      assert.equal(await proposal(), lines('4 vier', '7 seven', '8 eight'));
      assert.equal(decision(), 'pending');
      assert.equal(made.review.get('a.txt')?.changedSince, undefined);
    });

    it('lets a hunk wait again that is another one now, and says so', async () => {
      await reject(0);
      await propose(lines('1 eins', '4 four', '7 seven'));
      assert.equal(await proposal(), lines('1 eins', '4 four', '7 seven'));
      assert.equal(made.review.get('a.txt')?.changedSince, true);
    });

    it('keeps what the user wrote into the proposal', async () => {
      await made.review.edit('a.txt', Buffer.from(lines('1 one', '4 mine', '7 seven')));
      await propose(lines('1 one', '4 four', '7 sieben'));
      assert.equal(await proposal(), lines('1 one', '4 mine', '7 sieben'));
    });

    it('does not propose again what was rejected when the rest is written', async () => {
      await reject(0);
      await approve(0);
      assert.equal((await approve(0)).kind, 'applied');
      await propose(lines('1 one', '4 four', '7 seven'));
      assert.equal(decision(), 'applied');
      await propose(lines('1 one', '4 four', '7 seven', '8 eight'));
      assert.equal(decision(), 'pending');
      assert.equal(await proposal(), lines('4 four', '7 seven', '8 eight'));
    });

    it('keeps an approved hunk out of what waits', async () => {
      await approve(0);
      await propose(lines('1 one', '4 four', '7 sieben'));
      assert.equal((await hunkKeys()).length, 2);
      assert.equal(text(), lines('1 one'));
    });
  });
});
