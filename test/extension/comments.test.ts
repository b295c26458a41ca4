import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { type MadeReview, makeReview } from '../unit/ui/make-review.js';
import { getAirlock, waitFor } from './airlock.js';
import { ReviewStage } from './review-stage.js';

describe('comments on a proposal', () => {
  let api: AirlockApi;
  let made: MadeReview;
  let stage: ReviewStage;
  let box: vscode.CommentController;

  before(async () => {
    api = await getAirlock();
  });
  beforeEach(async () => {
    made = await makeReview({ 'a.txt': { before: 'one\n', after: 'one\ntwo\nthree\n' } });
    stage = new ReviewStage(api, made);
    box = vscode.comments.createCommentController('test', 'test');
  });
  afterEach(async () => {
    box.dispose();
    await stage.dispose();
  });

  /** As VS Code does when the user sends what they wrote into the box at a line. */
  const write = async (line: number, text: string): Promise<vscode.CommentThread> => {
    const thread = box.createCommentThread(
      stage.uri('after', 'a.txt'),
      new vscode.Range(line, 0, line, 0),
      [],
    );
    await stage.run('airlock.addComment', { thread, text });
    return thread;
  };

  it('are kept in the review with the line that they are about', async () => {
    await stage.open('a.txt');
    const thread = await write(1, '  Say it in German. ');
    const [remark] = made.review.feedback();
    assert.ok(remark?.kind === 'comment');
    assert.deepEqual(
      [remark.path, remark.line, remark.text, remark.excerpt.trim()],
      ['a.txt', 2, 'Say it in German.', 'two'],
    );
    assert.equal(thread.comments[0]?.body, 'Say it in German.');
  });

  it('are about the text on the screen, unsaved edits included', async () => {
    await stage.open('a.txt');
    await stage.type('a.txt', 0, 'mine\n');
    await write(2, 'this');
    const [remark] = made.review.feedback();
    assert.ok(remark?.kind === 'comment');
    assert.deepEqual([remark.line, remark.excerpt.trim()], [3, 'two']);
  });

  it('can be deleted', async () => {
    const thread = await write(0, 'no');
    await stage.run('airlock.deleteComment', thread.comments[0]);
    await waitFor('the remark to be gone', () => made.review.feedback().length === 0);
  });

  it('are no remark when nothing was written', async () => {
    await write(0, '   ');
    assert.deepEqual(made.review.feedback(), []);
  });

  it('are kept when no agent is there to be told, who can be run anew', async () => {
    await write(1, 'Say it in German.');
    stage.answer({ input: 'And be quick.' });
    await stage.run('airlock.requestChanges');
    assert.match(stage.asked[0] ?? '', /1 remark of your review is sent with it/);
    assert.match(stage.asked[1] ?? '', /The sandbox of this review is gone/);
    assert.equal(made.review.feedback().length, 1);
  });

  it('are asked for when there is nothing to send', async () => {
    stage.answer({ input: '' });
    await stage.run('airlock.requestChanges');
    assert.match(stage.asked[1] ?? '', /There is nothing to send/);
  });
});
