import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { activeChange } from '../../src/ui/review/shown-change.js';
import { makeReview } from '../unit/ui/make-review.js';
import { getAirlock, waitFor } from './airlock.js';
import { ReviewStage } from './review-stage.js';

const numbered = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `f${String(index).padStart(3, '0')}.txt`,
      { before: 'a\nb\nc\n', after: `a\nb${index}\nc\nd${index}\n` },
    ]),
  );

describe('all changes in one editor', () => {
  let api: AirlockApi;
  let stage: ReviewStage | undefined;
  before(async () => {
    api = await getAirlock();
  });
  afterEach(async () => {
    await stage?.dispose();
    stage = undefined;
  });
  const label = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';

  it('are approved by the file and the hunk that the cursor is in, without another editor', async () => {
    const opened = new ReviewStage(api, await makeReview(numbered(3)));
    stage = opened;
    await opened.run('airlock.overview');
    await waitFor('the editor', () => label().startsWith("Agent's changes"));
    const editor = await opened.editor('f001.txt');
    await vscode.commands.executeCommand('multiDiffEditor.goToNextChange');
    await waitFor('the cursor to be in a file', () => activeChange()?.kind === 'overview');
    const path = activeChange()?.address.path ?? '';
    const at = (await opened.editor(path)).selection.active.line;
    assert.ok(editor);
    await opened.run('airlock.approveHunk');
    const expected = at < 3 ? /^a\nb\d\nc\n$/ : /^a\nb\nc\nd\d\n$/;
    assert.match(opened.read(path), expected);
    await opened.run('airlock.approve');
    assert.match(opened.read(path), /^a\nb\d\nc\nd\d\n$/);
    assert.ok(label().startsWith("Agent's changes"));
    assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 1);
  });

  it('are shown page by page when there are many, with the protected ones first', async () => {
    const made = await makeReview({ ...numbered(61), '.airlock/policy.jsonc': { after: '{}\n' } });
    const opened = new ReviewStage(api, made);
    stage = opened;
    const pages: (readonly [string, string | undefined, string | undefined])[] = [];
    api.dialogs.answerWith({
      pick: async (items) => {
        pages.push(...items.map(({ label, description, detail }) => [label, description, detail] as const));
        return items[1];
      },
    });
    await opened.run('airlock.overview');
    await waitFor('the editor', () => label().startsWith("Agent's changes 51–62 of 62"));
    assert.deepEqual(pages, [
      ['Page 1 of 2', '1–50 of 62', '.airlock/policy.jsonc … f048.txt · 1 protected'],
      ['Page 2 of 2', '51–62 of 62', 'f049.txt … f060.txt'],
    ]);
  });
});
