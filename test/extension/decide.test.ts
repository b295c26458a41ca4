import * as assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { changeUri } from '../../src/ui/review-files.js';
import { type MadeReview, makeReview } from '../unit/ui/make-review.js';
import { closeEditors, getAirlock, openDiffPaths, waitFor } from './airlock.js';

describe('deciding on changes', () => {
  let api: AirlockApi;
  let made: MadeReview;
  let questions: string[];

  before(async () => {
    api = await getAirlock();
  });
  beforeEach(async () => {
    questions = [];
    made = await makeReview({
      'a.txt': { before: 'one\n', after: 'two\n' },
      'b.txt': { after: 'new\n' },
      'c.txt': { before: 'bye\n' },
      'old.txt': { before: 'same\n', renamedFrom: 'renamed.txt' },
      'renamed.txt': { after: 'same\n', renamedFrom: 'old.txt' },
    });
    api.app.store.add(made.review);
  });
  afterEach(async () => {
    api.dialogs.answerWith({});
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeEditors();
    await api.app.store.discard(made.review);
    await made.remove();
  });

  const file = (name: string) => path.join(made.workspace, name);
  const text = (name: string) => readFileSync(file(name), 'utf8');
  const decision = (name: string) => made.review.get(name)?.decision;
  const node = (name: string) => {
    const row = api.app.store.row(made.review.sessionId, name);
    assert.ok(row);
    return { kind: 'row', row };
  };
  const answer = (action: string | undefined) =>
    api.dialogs.answerWith({
      choose: async (_level, message) => {
        questions.push(message);
        return action;
      },
    });
  const openDiff = async (name: string) => {
    await vscode.commands.executeCommand('airlock.openDiff', node(name));
    await waitFor(`the diff of ${name}`, () => openDiffPaths().includes(`/${name}`));
  };

  it('writes an approved file, and no other', async () => {
    await vscode.commands.executeCommand('airlock.approve', node('a.txt'));
    assert.equal(text('a.txt'), 'two\n');
    assert.equal(decision('a.txt'), 'applied');
    assert.ok(!existsSync(file('b.txt')));
    assert.equal(text('c.txt'), 'bye\n');
  });

  it('writes nothing of a rejected file', async () => {
    await vscode.commands.executeCommand('airlock.reject', node('a.txt'));
    assert.equal(text('a.txt'), 'one\n');
    assert.equal(decision('a.txt'), 'rejected');
  });

  it('approves both halves of a rename', async () => {
    await vscode.commands.executeCommand('airlock.approve', node('renamed.txt'));
    assert.equal(text('renamed.txt'), 'same\n');
    assert.ok(!existsSync(file('old.txt')));
  });

  it('opens the next diff after a decision in a diff, and closes the decided one', async () => {
    await openDiff('a.txt');
    await vscode.commands.executeCommand('airlock.approve');
    await waitFor('the next diff', () => openDiffPaths().join() === '/b.txt');
    await vscode.commands.executeCommand('airlock.reject');
    await waitFor('the next diff', () => openDiffPaths().join() === '/c.txt');
    assert.equal(text('a.txt'), 'two\n');
    assert.ok(!existsSync(file('b.txt')));
  });

  it('opens nothing after a decision in the tree', async () => {
    await vscode.commands.executeCommand('airlock.approve', node('a.txt'));
    assert.deepEqual(openDiffPaths(), []);
  });

  it('goes to the next and the previous change', async () => {
    await openDiff('a.txt');
    await vscode.commands.executeCommand('airlock.nextChange');
    await waitFor('the next diff', () => openDiffPaths().join() === '/b.txt');
    await vscode.commands.executeCommand('airlock.previousChange');
    await waitFor('the previous diff', () => openDiffPaths().join() === '/a.txt');
  });

  it('approves what the user typed into the proposal', async () => {
    await openDiff('a.txt');
    const uri = changeUri('after', made.review.sessionId, 'a.txt');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'mine and ');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await vscode.commands.executeCommand('airlock.approve');
    assert.equal(text('a.txt'), 'mine and two\n');
  });

  it('writes nothing when the proposal is not the one that was shown', async () => {
    answer(undefined);
    const shown = node('a.txt');
    await made.review.edit('a.txt', Buffer.from('swapped\n'));
    await vscode.commands.executeCommand('airlock.approve', shown);
    assert.equal(text('a.txt'), 'one\n');
    assert.match(questions.join(), /changed since it was shown/);
  });

  it('asks about a conflict and writes nothing when the question is dismissed', async () => {
    answer(undefined);
    writeFileSync(file('a.txt'), 'edited by the user\n');
    await vscode.commands.executeCommand('airlock.approve', node('a.txt'));
    assert.match(questions.join(), /a\.txt/);
    assert.equal(text('a.txt'), 'edited by the user\n');
    assert.equal(decision('a.txt'), 'conflict');
  });

  it('overwrites a conflicting file only when told to', async () => {
    answer('Overwrite With Proposal');
    writeFileSync(file('a.txt'), 'edited by the user\n');
    await vscode.commands.executeCommand('airlock.approve', node('a.txt'));
    assert.equal(text('a.txt'), 'two\n');
  });

  it('keeps a conflicting file when told to', async () => {
    answer('Keep Mine');
    writeFileSync(file('a.txt'), 'edited by the user\n');
    await vscode.commands.executeCommand('airlock.approve', node('a.txt'));
    assert.equal(text('a.txt'), 'edited by the user\n');
    assert.equal(decision('a.txt'), 'rejected');
  });

  it('compares a conflicting file as it is now with the proposal', async () => {
    answer('Open Diff');
    writeFileSync(file('a.txt'), 'edited by the user\n');
    await vscode.commands.executeCommand('airlock.approve', node('a.txt'));
    await waitFor('the diff', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff && input.original.fsPath === file('a.txt');
    });
  });

  it('approves all only after a confirmation', async () => {
    api.dialogs.answerWith({ confirm: async () => false });
    await vscode.commands.executeCommand('airlock.approveAll');
    assert.equal(text('a.txt'), 'one\n');
    api.dialogs.answerWith({ confirm: async () => true });
    await vscode.commands.executeCommand('airlock.approveAll');
    assert.equal(text('a.txt'), 'two\n');
    assert.equal(text('b.txt'), 'new\n');
    assert.ok(!existsSync(file('c.txt')));
    assert.equal(api.app.store.pending().count, 0);
  });

  describe('when one steers Airlock itself', () => {
    const policy = '.airlock/policy.jsonc';
    let guarded: MadeReview;
    beforeEach(async () => {
      guarded = await makeReview({ [policy]: { after: '{}\n' }, 'plain.txt': { after: 'x\n' } });
      api.app.store.add(guarded.review);
    });
    afterEach(async () => {
      await api.app.store.discard(guarded.review);
      await guarded.remove();
    });
    const guardedNode = () => {
      const row = api.app.store.row(guarded.review.sessionId, policy);
      assert.ok(row);
      return { kind: 'row', row };
    };
    const written = () => existsSync(path.join(guarded.workspace, policy));

    it('leaves it out of approve all, and says so', async () => {
      const details: string[] = [];
      api.dialogs.answerWith({
        confirm: async (_message, detail) => details.push(detail) > 0,
        choose: async () => undefined,
      });
      await vscode.commands.executeCommand('airlock.approveAll', { kind: 'session', review: guarded.review });
      assert.match(details.join(), /1 protected change is left/);
      assert.ok(existsSync(path.join(guarded.workspace, 'plain.txt')));
      assert.ok(!written());
    });

    it('asks once more, with the reason, before it is written', async () => {
      const details: string[] = [];
      api.dialogs.answerWith({ confirm: async (_message, detail) => details.push(detail) > 1 });
      await vscode.commands.executeCommand('airlock.approve', guardedNode());
      assert.match(details.join(), /decides what later agent sessions may do/);
      assert.ok(!written());
      await vscode.commands.executeCommand('airlock.approve', guardedNode());
      assert.ok(written());
    });
  });

  it('leaves files in conflict out of approve all', async () => {
    api.dialogs.answerWith({ confirm: async () => true, choose: async () => undefined });
    writeFileSync(file('a.txt'), 'edited by the user\n');
    await vscode.commands.executeCommand('airlock.approveAll');
    assert.equal(text('a.txt'), 'edited by the user\n');
    assert.equal(text('b.txt'), 'new\n');
    assert.deepEqual(api.app.store.pending(), { count: 1, conflicts: 1 });
  });

  it('rejects all without touching a file', async () => {
    api.dialogs.answerWith({ confirm: async () => true });
    await vscode.commands.executeCommand('airlock.rejectAll');
    assert.equal(text('a.txt'), 'one\n');
    assert.equal(text('c.txt'), 'bye\n');
    assert.ok(!existsSync(file('b.txt')));
    assert.equal(api.app.store.pending().count, 0);
  });
});
