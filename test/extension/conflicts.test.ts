import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { type MadeReview, makeReview } from '../unit/ui/make-review.js';
import { getAirlock, openDiffPaths, waitFor } from './airlock.js';
import { ReviewStage } from './review-stage.js';

const base = '1\n2\n3\n4\n5\n';

describe('a change of a file that is another one by now', () => {
  let api: AirlockApi;
  let made: MadeReview;
  let stage: ReviewStage;

  before(async () => {
    api = await getAirlock();
  });
  beforeEach(async () => {
    made = await makeReview({
      'a.txt': { before: base, after: base.replace('5', 'five') },
      'added.txt': { after: 'new\n' },
      'b.txt': { before: 'x\n', after: 'y\n' },
      'deep/in.txt': { after: 'inside\n' },
      'gone.txt': { before: 'bye\n' },
    });
    stage = new ReviewStage(api, made);
  });
  afterEach(() => stage.dispose());

  const approve = (name: string) => stage.run('airlock.approve', { kind: 'row', row: stage.row(name) });
  const title = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';

  it('is shown with the user’s edits in it, and approved after that', async () => {
    await stage.open('a.txt');
    stage.write('a.txt', base.replace('1', 'one'));
    await stage.run('airlock.approve');
    assert.match(stage.asked.join(), /put together in the diff; look, and approve again/);
    assert.equal(stage.read('a.txt'), base.replace('1', 'one'));
    const both = base.replace('1', 'one').replace('5', 'five');
    const editor = await stage.editor('a.txt');
    await waitFor('the merge in the editor', () => editor.document.getText() === both);
    await waitFor('its title', () => /merged with your edits/.test(title()));
    assert.deepEqual(openDiffPaths(), ['/a.txt']);
    await stage.run('airlock.approve');
    assert.equal(stage.read('a.txt'), both);
    assert.equal(stage.decision('a.txt'), 'applied');
  });

  it('is merged before a hunk of it is written', async () => {
    await stage.open('a.txt');
    await stage.moveTo('a.txt', 4);
    stage.write('a.txt', base.replace('1', 'one'));
    await stage.run('airlock.approveHunk');
    assert.equal(stage.read('a.txt'), base.replace('1', 'one'));
    await waitFor('its title', () => /merged with your edits/.test(title()));
    await stage.moveTo('a.txt', 4);
    await stage.run('airlock.approveHunk');
    assert.equal(stage.read('a.txt'), base.replace('1', 'one').replace('5', 'five'));
  });

  describe('when both changed the same lines', () => {
    beforeEach(async () => {
      stage.write('a.txt', base.replace('5', 'FIVE'));
      stage.answer({ choose: 'Merge…' });
      await approve('a.txt');
      await stage.shows('a.txt', 'merge');
    });

    it('is resolved in the merge editor, shown as a whole, and approved', async () => {
      assert.match(stage.asked.join(), /You and the agent edited the same lines of "a\.txt"/);
      assert.match(await stage.proposal('a.txt'), /^<<<<<<< yours$/m);
      const document = await vscode.workspace.openTextDocument(stage.uri('after', 'a.txt'));
      // The merge editor begins with what does not conflict.
      await waitFor('the merge editor to be ready', () => !document.getText().includes('<<<<<<<'));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(
        document.uri,
        new vscode.Range(0, 0, document.lineCount, 0),
        base.replace('5', 'five, FIVE'),
      );
      assert.ok(await vscode.workspace.applyEdit(edit));
      assert.ok(await document.save());
      await stage.shows('a.txt', 'diff');
      assert.equal(stage.decision('a.txt'), 'pending');
      assert.equal(stage.read('a.txt'), base.replace('5', 'FIVE'));
      await stage.run('airlock.approve');
      assert.equal(stage.read('a.txt'), base.replace('5', 'five, FIVE'));
      await waitFor('its editors to be closed', () => !openDiffPaths().includes('/a.txt'));
    });

    it('is not resolved by an editor that saves by itself, but when the user is done', async () => {
      const files = vscode.workspace.getConfiguration('files');
      await files.update('autoSave', 'afterDelay', vscode.ConfigurationTarget.Global);
      try {
        const document = await vscode.workspace.openTextDocument(stage.uri('after', 'a.txt'));
        const text = () => document.getText();
        await waitFor('the editor to save', () => !text().includes('<<<<<<<') && !document.isDirty);
        assert.doesNotMatch(await stage.proposal('a.txt'), /<<<<<<</);
        assert.equal(stage.decision('a.txt'), 'conflict');
        await stage.shows('a.txt', 'merge');
      } finally {
        await files.update('autoSave', undefined, vscode.ConfigurationTarget.Global);
      }
      const asked = stage.asked.length;
      await stage.run('airlock.approve');
      assert.match(stage.asked[asked] ?? '', /are resolved\. Look at the result, and approve again/);
      await stage.shows('a.txt', 'diff');
      assert.equal(stage.read('a.txt'), base.replace('5', 'FIVE'));
      assert.equal(stage.decision('a.txt'), 'pending');
    });

    it('is not approved while its conflicts are there, and its row opens the merge editor again', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await approve('a.txt');
      assert.match(stage.asked.at(-1) ?? '', /still has conflicts/);
      await stage.shows('a.txt', 'merge');
      assert.equal(stage.read('a.txt'), base.replace('5', 'FIVE'));
    });
  });

  it('is asked about in its own words', async () => {
    rmSync(stage.file('b.txt'));
    await approve('b.txt');
    stage.write('gone.txt', 'edited\n');
    await approve('gone.txt');
    stage.write('added.txt', 'mine\n');
    await approve('added.txt');
    assert.match(stage.asked[0] ?? '', /You deleted "b\.txt" meanwhile, and the agent edited it/);
    assert.match(stage.asked[1] ?? '', /The agent deleted "gone\.txt", and you edited it/);
    assert.match(stage.asked[2] ?? '', /You and the agent both added "added\.txt"/);
    assert.ok(!existsSync(stage.file('b.txt')));
    assert.equal(stage.read('gone.txt'), 'edited\n');
    assert.equal(stage.read('added.txt'), 'mine\n');
  });

  it('is restored, or stays deleted, as the user says', async () => {
    rmSync(stage.file('b.txt'));
    stage.answer({ choose: 'Restore With Proposal' });
    await approve('b.txt');
    assert.equal(stage.read('b.txt'), 'y\n');
    rmSync(stage.file('a.txt'));
    stage.answer({ choose: 'Keep Deleted' });
    await approve('a.txt');
    assert.equal(stage.decision('a.txt'), 'rejected');
    assert.ok(!existsSync(stage.file('a.txt')));
  });

  it('says what is in the way, and offers nothing that cannot be done', async () => {
    mkdirSync(stage.file('added.txt'));
    stage.write('added.txt/mine', 'x');
    await approve('added.txt');
    assert.match(stage.asked[0] ?? '', /a folder is in its place.* Move or rename the folder/);
    symlinkSync(made.stateDir, stage.file('deep'));
    await approve('deep/in.txt');
    assert.match(stage.asked[1] ?? '', /"deep" is a link.* never writes through a link/);
  });

  describe('with unsaved edits of the user', () => {
    const edit = async (name: string, text: string) => {
      const uri = vscode.Uri.file(stage.file(name));
      await vscode.window.showTextDocument(uri, { preview: false });
      const change = new vscode.WorkspaceEdit();
      change.insert(uri, new vscode.Position(0, 0), text);
      assert.ok(await vscode.workspace.applyEdit(change));
    };

    it('is left alone when they are not to be saved', async () => {
      await edit('a.txt', 'unsaved ');
      await approve('a.txt');
      assert.match(stage.asked.join(), /unsaved edits in "a\.txt"/);
      assert.equal(stage.read('a.txt'), base);
      assert.equal(stage.decision('a.txt'), 'pending');
    });

    it('is merged with them when they are saved, and shown first', async () => {
      await edit('a.txt', 'mine ');
      stage.answer({ confirm: true });
      await approve('a.txt');
      assert.equal(stage.read('a.txt'), `mine ${base}`);
      await stage.shows('a.txt', 'diff');
      await stage.run('airlock.approve');
      assert.equal(stage.read('a.txt'), `mine ${base.replace('5', 'five')}`);
    });

    it('is asked about once for all files', async () => {
      await edit('a.txt', 'mine ');
      await edit('b.txt', 'also mine ');
      stage.answer({ confirm: true });
      await stage.run('airlock.approveAll', { kind: 'session', review: made.review });
      assert.equal(stage.asked.filter((text) => /unsaved edits in 2 files/.test(text)).length, 1);
      assert.equal(stage.read('b.txt'), 'also mine x\n');
      assert.equal(stage.read('added.txt'), 'new\n');
    });
  });
});
