import * as assert from 'node:assert/strict';
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { type MadeReview, makeReview } from '../unit/ui/make-review.js';
import { getAirlock } from './airlock.js';

describe('undoing the last approval', () => {
  let api: AirlockApi;
  let folder: string;
  let made: MadeReview;
  let told: string[];

  before(async () => {
    api = await getAirlock();
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    folder = realpathSync(first.uri.fsPath);
  });
  beforeEach(async () => {
    told = [];
    made = await makeReview(
      { 'undo/a.txt': { before: 'one\n', after: 'two\n' }, 'undo/b.txt': { after: 'new\n' } },
      folder,
      api.app.stateDir,
    );
    api.app.store.add(made.review);
    api.dialogs.answerWith({
      confirm: async () => true,
      choose: async (_level, message, actions) => {
        told.push(message);
        return actions[0];
      },
    });
    await vscode.commands.executeCommand('airlock.approveAll');
    assert.equal(text('a.txt'), 'two\n');
  });
  afterEach(async () => {
    api.dialogs.answerWith({});
    await api.app.store.discard(made.review);
    await made.remove();
    rmSync(path.join(folder, 'undo'), { recursive: true, force: true });
  });

  const file = (name: string) => path.join(folder, 'undo', name);
  const text = (name: string) => readFileSync(file(name), 'utf8');

  it('gives the files back and offers the proposals again', async () => {
    await vscode.commands.executeCommand('airlock.undoApply');
    assert.equal(text('a.txt'), 'one\n');
    assert.ok(!existsSync(file('b.txt')));
    assert.equal(made.review.get('undo/a.txt')?.decision, 'pending');
    await vscode.commands.executeCommand('airlock.approveAll');
    assert.equal(text('a.txt'), 'two\n');
  });

  it('leaves what the user edited since, and undoes the others when asked to', async () => {
    writeFileSync(file('a.txt'), 'mine\n');
    await vscode.commands.executeCommand('airlock.undoApply');
    assert.ok(
      told.some((message) => message.includes('undo/a.txt')),
      told.join(),
    );
    assert.equal(text('a.txt'), 'mine\n');
    assert.ok(!existsSync(file('b.txt')));
    assert.equal(made.review.get('undo/a.txt')?.decision, 'applied');
  });
});
