import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { makeReview } from '../unit/ui/make-review.js';
import { getAirlock, openDiffPaths, waitFor } from './airlock.js';
import { ReviewStage } from './review-stage.js';

/** Nine lines, some of them others. */
const lines = (...changed: readonly string[]) =>
  `${Array.from({ length: 9 }, (_, index) => changed.find((line) => line.startsWith(`${index}`)) ?? `${index}`).join('\n')}\n`;

describe('hunks in the diff editor', () => {
  let api: AirlockApi;
  let stage: ReviewStage;

  before(async () => {
    api = await getAirlock();
  });
  beforeEach(async () => {
    const made = await makeReview({
      'a.txt': { before: lines(), after: lines('1 one', '4 four', '7 seven') },
      'b.txt': { before: lines(), after: lines('5 five') },
      'c.txt': { before: 'bye\n' },
    });
    stage = new ReviewStage(api, made);
  });
  afterEach(() => stage.dispose());

  it('are written one by one: the one at the cursor, and the next one is shown in the same editor', async () => {
    await stage.open('a.txt');
    await stage.moveTo('a.txt', 4);
    await stage.run('airlock.approveHunk');
    assert.equal(stage.read('a.txt'), lines('4 four'));
    assert.equal(stage.decision('a.txt'), 'pending');
    await stage.cursor('a.txt', 7);
    assert.deepEqual(openDiffPaths(), ['/a.txt']);
    const left = await stage.editor('a.txt', 'before');
    await waitFor(
      'the left side to be the file as it is now',
      () => left.document.getText() === lines('4 four'),
    );
  });

  it('are taken out of the proposal, and the editor shows what is left', async () => {
    await stage.open('a.txt');
    await stage.moveTo('a.txt', 1);
    await stage.run('airlock.rejectHunk');
    assert.equal(stage.read('a.txt'), lines());
    assert.equal(await stage.proposal('a.txt'), lines('4 four', '7 seven'));
    await stage.cursor('a.txt', 4);
    assert.equal((await stage.editor('a.txt')).document.getText(), lines('4 four', '7 seven'));
  });

  it('go on in the next file after the last one, by keyboard alone', async () => {
    await stage.open('a.txt');
    await stage.moveTo('a.txt', 1);
    for (const command of ['airlock.approveHunk', 'airlock.rejectHunk', 'airlock.approveHunk'])
      await stage.run(command);
    assert.equal(stage.read('a.txt'), lines('1 one', '7 seven'));
    assert.equal(stage.decision('a.txt'), 'applied');
    await stage.shows('b.txt');
    await stage.cursor('b.txt', 5);
    assert.deepEqual(openDiffPaths(), ['/b.txt']);
    await stage.run('airlock.approveHunk');
    assert.equal(stage.read('b.txt'), lines('5 five'));
    await stage.shows('c.txt');
  });

  it('are found from the side of the real file too', async () => {
    await stage.open('a.txt');
    const left = await stage.editor('a.txt', 'before');
    await stage.run('workbench.action.compareEditor.focusSecondarySide');
    await waitFor('the focus on the left', () => vscode.window.activeTextEditor === left);
    left.selection = new vscode.Selection(7, 0, 7, 0);
    await stage.run('airlock.approveHunk');
    assert.equal(stage.read('a.txt'), lines('7 seven'));
  });

  it('are not decided when the cursor is at none: the next one is shown', async () => {
    await stage.open('a.txt');
    await stage.moveTo('a.txt', 2);
    await stage.run('airlock.approveHunk');
    assert.equal(stage.read('a.txt'), lines());
    await stage.cursor('a.txt', 4);
    await stage.moveTo('a.txt', 8);
    await stage.run('airlock.rejectHunk');
    assert.equal(await stage.proposal('a.txt'), lines('1 one', '4 four', '7 seven'));
    await stage.cursor('a.txt', 1);
  });

  it('are gone through over all files, round and back', async () => {
    await stage.open('a.txt');
    await stage.cursor('a.txt', 1);
    await stage.run('airlock.nextHunk');
    await stage.cursor('a.txt', 4);
    await stage.run('airlock.nextHunk');
    await stage.cursor('a.txt', 7);
    await stage.run('airlock.nextHunk');
    await stage.shows('b.txt');
    await stage.cursor('b.txt', 5);
    await stage.run('airlock.previousHunk');
    await stage.shows('a.txt');
    await stage.cursor('a.txt', 7);
    await stage.moveTo('a.txt', 0);
    await stage.run('airlock.previousHunk');
    await stage.shows('c.txt');
    await stage.run('airlock.nextHunk');
    await stage.shows('a.txt');
  });

  it('are of the text with the user’s unsaved edits in it', async () => {
    await stage.open('a.txt');
    await stage.type('a.txt', 4, 'mine ');
    await stage.moveTo('a.txt', 4);
    await stage.run('airlock.approveHunk');
    assert.equal(stage.read('a.txt'), lines().replace('4\n', 'mine 4 four\n'));
    assert.equal(stage.decision('a.txt'), 'pending');
  });

  it('are taken back by VS Code’s own button too, which edits the proposal', async () => {
    await stage.open('a.txt');
    await stage.moveTo('a.txt', 4);
    const { document } = await stage.editor('a.txt');
    // It takes the focus, and the differences as VS Code has computed them by then.
    await stage.run('workbench.action.compareEditor.focusPrimarySide');
    for (let tries = 0; tries < 50 && !document.isDirty; tries += 1) {
      await stage.run('diffEditor.revert');
      await sleep(100);
    }
    await waitFor('the lines to be back', () => document.getText() === lines('1 one', '7 seven'));
    assert.ok(document.isDirty);
    assert.ok(await document.save());
    assert.equal(await stage.proposal('a.txt'), lines('1 one', '7 seven'));
    await stage.run('airlock.approve');
    assert.equal(stage.read('a.txt'), lines('1 one', '7 seven'));
  });

  it('are none in what has no lines, which is said', async () => {
    await stage.open('c.txt');
    await stage.run('airlock.approveHunk');
    assert.match(stage.asked.join(), /"c\.txt" has no parts/);
    assert.ok(existsSync(stage.file('c.txt')));
  });

  it('are those of a node of the tree, wherever the cursor is', async () => {
    const row = stage.row('a.txt');
    const [, hunk] = await row.review.hunks('a.txt');
    assert.ok(hunk);
    await stage.run('airlock.approveHunk', { kind: 'hunk', row, hunk });
    assert.equal(stage.read('a.txt'), lines('4 four'));
    assert.deepEqual(openDiffPaths(), []);
  });

  it('come back with the agent’s proposal, only when the user is sure', async () => {
    await stage.open('a.txt');
    await stage.run('airlock.resetProposal');
    assert.match(stage.asked.join(), /have not changed the proposal/);
    await stage.moveTo('a.txt', 1);
    await stage.run('airlock.rejectHunk');
    await stage.run('airlock.resetProposal');
    assert.equal(await stage.proposal('a.txt'), lines('4 four', '7 seven'));
    stage.answer({ confirm: true });
    await stage.run('airlock.resetProposal');
    assert.equal(await stage.proposal('a.txt'), lines('1 one', '4 four', '7 seven'));
  });
});
