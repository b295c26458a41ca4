import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeKey } from '../../../../src/workspace/changes.js';
import { listApproved } from '../../../../src/workspace/commits/approved-files.js';
import { openReview } from '../../../../src/workspace/review/review.js';
import { shownKeys } from '../../../../src/workspace/review/shown-keys.js';
import { type MadeReview, makeReview } from '../../ui/make-review.js';

describe('what a session wrote with approval', () => {
  let made: MadeReview;
  beforeEach(async () => {
    made = await makeReview({
      'a.txt': { before: 'one\n', after: 'two\n' },
      'b.txt': { after: 'new\n' },
      'c.txt': { before: 'bye\n' },
      'd.txt': { before: '1\n2\n3\n4\n5\n', after: 'I\n2\n3\n4\nV\n' },
    });
  });
  afterEach(() => made.remove());

  const list = async () => {
    const { review } = made;
    const files = await listApproved(review, await review.applier.applied());
    return files.map(({ path, kind, isAsWritten }) => `${kind} ${path}${isAsWritten ? '' : ' (edited)'}`);
  };
  const approve = async (...paths: string[]) => {
    for (const path of paths) {
      const entry = made.review.get(path);
      assert.ok(entry);
      assert.equal((await made.review.approve(path, changeKey(entry.change))).kind, 'applied');
    }
  };

  it('is what was applied, and nothing that waits or was rejected', async () => {
    assert.deepEqual(await list(), []);
    await approve('a.txt', 'b.txt');
    await made.review.reject('c.txt');
    assert.deepEqual(await list(), ['changed a.txt', 'added b.txt']);
  });

  it('is told from what the user has edited since', async () => {
    await made.review.approveAll(shownKeys(made.review.list()));
    writeFileSync(join(made.workspace, 'a.txt'), 'mine\n');
    writeFileSync(join(made.workspace, 'c.txt'), 'back\n');
    rmSync(join(made.workspace, 'b.txt'));
    assert.deepEqual(await list(), [
      'changed a.txt (edited)',
      'added b.txt (edited)',
      'removed c.txt (edited)',
      'changed d.txt',
    ]);
  });

  it('is also a file of which a part was approved and the rest rejected', async () => {
    const entry = made.review.get('d.txt');
    assert.ok(entry);
    const [first, last] = await made.review.hunks('d.txt');
    assert.ok(first && last);
    await made.review.approveHunk('d.txt', changeKey(entry.change), first.key);
    assert.deepEqual(await list(), ['changed d.txt']);
    await made.review.reject('d.txt');
    assert.deepEqual(await list(), ['changed d.txt']);
  });

  it('is nothing that was taken back', async () => {
    await approve('a.txt', 'b.txt');
    const [last] = await made.review.applier.applied();
    assert.ok(last);
    await made.review.applier.undo(last.id);
    await made.review.reopen(last.paths);
    assert.deepEqual(await list(), ['changed a.txt']);
  });

  it('knows its agent after a reload', async () => {
    const opened = await openReview({ dir: made.sessionDir, stateDir: made.stateDir });
    assert.ok(opened.kind === 'open');
    assert.equal(opened.review.agent, 'Test agent');
    await approve('a.txt');
  });
});
