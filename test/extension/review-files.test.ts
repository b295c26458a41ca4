import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { changeUri } from '../../src/ui/review-files.js';
import { type MadeReview, makeReview } from '../unit/ui/make-review.js';
import { getAirlock } from './airlock.js';

const awkward = 'a folder/-we"ird ünï.txt';

describe('the files of a review', () => {
  let api: AirlockApi;
  let made: MadeReview;
  const uri = (side: 'before' | 'after', path: string) => changeUri(side, made.review.sessionId, path);
  const read = async (target: vscode.Uri) =>
    Buffer.from(await vscode.workspace.fs.readFile(target)).toString();

  before(async () => {
    api = await getAirlock();
    made = await makeReview({
      'a.txt': { before: 'one\n', after: 'two\n' },
      'gone.txt': { before: 'bye\n' },
      [awkward]: { after: 'new\n' },
    });
    api.app.store.add(made.review);
  });
  after(async () => {
    await api.app.store.discard(made.review);
    await made.remove();
  });

  it('are the bytes of both sides', async () => {
    assert.equal(await read(uri('before', 'a.txt')), 'one\n');
    assert.equal(await read(uri('after', 'a.txt')), 'two\n');
    assert.equal(await read(uri('before', awkward)), '');
    assert.equal(await read(uri('after', awkward)), 'new\n');
    assert.equal(await read(uri('after', 'gone.txt')), '');
  });

  it('can be written only where a proposal is', async () => {
    const bytes = Buffer.from('x');
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri('before', 'a.txt'), bytes));
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri('after', 'gone.txt'), bytes));
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri('after', 'other.txt'), bytes));
    await assert.rejects(async () => vscode.workspace.fs.delete(uri('after', 'a.txt')));
  });

  it('are unknown for another session', async () => {
    await assert.rejects(async () =>
      vscode.workspace.fs.readFile(changeUri('after', 'ffffffffffff', 'a.txt')),
    );
  });

  it('reach an open editor when the proposal changes', async () => {
    const document = await vscode.workspace.openTextDocument(uri('after', 'a.txt'));
    const changed = new Promise<void>((resolve) => {
      const listening = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document) return;
        listening.dispose();
        resolve();
      });
    });
    await made.review.edit('a.txt', Buffer.from('three\n'));
    await changed;
    assert.equal(document.getText(), 'three\n');
  });

  it('take edits into the review', async () => {
    await vscode.workspace.fs.writeFile(uri('after', awkward), Buffer.from('edited\n'));
    assert.equal(Buffer.from(await made.review.read(awkward, 'after')).toString(), 'edited\n');
    assert.equal(made.review.get(awkward)?.decision, 'pending');
  });

  it('appear in the tree with folders, letters and counts', async () => {
    const nodes = await api.changes.getChildren();
    const items = nodes.map((node) => api.changes.getTreeItem(node));
    assert.deepEqual(
      items.map((item) => item.label),
      ['a folder', 'a.txt', 'gone.txt'],
    );
    assert.equal(items[1]?.description, '+1 −1');
    assert.equal(items[1]?.contextValue, 'airlock.change');
    const [folder] = nodes;
    assert.ok(folder);
    const inner = await api.changes.getChildren(folder);
    assert.deepEqual(
      inner.map((node) => api.changes.getTreeItem(node).label),
      ['-we"ird ünï.txt'],
    );
  });
});
