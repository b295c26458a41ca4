import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { drawPng } from '../unit/ui/draw-png.js';
import { makeBinaryReview } from '../unit/ui/make-binary-review.js';
import { type MadeReview, makeReview } from '../unit/ui/make-review.js';
import { getAirlock, waitFor } from './airlock.js';
import { ReviewStage } from './review-stage.js';

describe('a change that has no text', () => {
  let api: AirlockApi;
  let made: MadeReview;
  let stage: ReviewStage;
  const [old, later] = [drawPng(8, 8, [255, 0, 0]), drawPng(16, 8, [0, 0, 255])];

  before(async () => {
    api = await getAirlock();
  });
  beforeEach(async () => {
    made = await makeBinaryReview({
      'a.png': { before: old, after: later },
      'b.bin': { after: Uint8Array.from([0, 1, 2]) },
      'c.bin': { before: Uint8Array.from([0, 9]) },
    });
    stage = new ReviewStage(api, made);
  });
  afterEach(() => stage.dispose());

  it('has a page, is approved there, and makes room for the next one', async () => {
    await stage.open('a.png');
    await stage.shows('a.png', 'page');
    await stage.run('airlock.approve');
    assert.ok(readFileSync(stage.file('a.png')).equals(later));
    await stage.shows('b.bin', 'page');
    await stage.run('airlock.reject');
    assert.ok(!existsSync(stage.file('b.bin')));
    await stage.shows('c.bin', 'page');
    await stage.run('airlock.approve');
    assert.ok(!existsSync(stage.file('c.bin')));
    await waitFor('the pages to be closed', () =>
      vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0),
    );
  });

  it('is decided by the links of the page, which name it', async () => {
    await stage.open('a.png');
    await stage.run('airlock.reject', stage.uri('after', 'b.bin').toString());
    assert.equal(stage.decision('b.bin'), 'rejected');
    assert.equal(stage.decision('a.png'), 'pending');
  });

  it('is decided as a whole', async () => {
    await stage.open('a.png');
    await stage.run('airlock.approveHunk');
    assert.match(stage.asked.join(), /"a\.png" has no parts/);
    assert.ok(readFileSync(stage.file('a.png')).equals(old));
  });

  it('has no box for comments', async () => {
    const document = await vscode.workspace.openTextDocument(stage.uri('after', 'a.png')).then(
      (opened) => opened,
      () => undefined,
    );
    assert.equal(document, undefined, 'a picture was opened as text');
  });
});

describe('a change whose two texts are the same', () => {
  let made: MadeReview;
  let stage: ReviewStage;

  beforeEach(async () => {
    made = await makeReview({
      'bin/run': { before: 'x\n', after: 'x\n', afterMode: 0o755 },
      'crlf.txt': { before: 'a\nb\n', after: 'a\r\nb\r\n' },
      'old.txt': { before: 'same\n', renamedFrom: 'new.txt' },
      'new.txt': { after: 'same\n', renamedFrom: 'old.txt' },
    });
    stage = new ReviewStage(await getAirlock(), made);
  });
  afterEach(() => stage.dispose());
  const tab = () => vscode.window.tabGroups.activeTabGroup.activeTab;

  it('has a page when it is the mode that changes', async () => {
    await stage.open('bin/run');
    await stage.shows('bin/run', 'page');
    // What can be executed is protected.
    stage.answer({ confirm: true });
    await stage.run('airlock.approve');
    assert.equal(stage.decision('bin/run'), 'applied');
  });

  it('says in the title what differs', async () => {
    await stage.open('crlf.txt');
    assert.match(tab()?.label ?? '', /line endings LF → CRLF/);
  });

  it('shows the file by its old name beside a rename', async () => {
    await stage.open('new.txt');
    const input = tab()?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(path.basename(input.original.path), 'old.txt');
    assert.match(tab()?.label ?? '', /old\.txt → new\.txt \(rename proposed by agent · same content\)/);
    assert.equal((await vscode.workspace.openTextDocument(input.original)).getText(), 'same\n');
    await stage.run('airlock.approve');
    assert.ok(!existsSync(stage.file('old.txt')));
    assert.equal(stage.read('new.txt'), 'same\n');
  });
});
