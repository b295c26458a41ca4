import * as assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Stage } from './stage.js';
import type { Workbench } from './workbench.js';

const KEY = 'test-key-e2e-hunks-2f6a01';
const SET_UP_MS = 180_000;
const RUN_MS = 90_000;
/** For what an editor does after a decision. */
const SETTLED_MS = 1000;
/** Longer than the editor waits before it saves by itself. */
const AUTO_SAVE_MS = 2000;
const SAVES = 4;

const area = `/** Areas of shapes, in the square of the unit that the lengths are in. */
export function square(side) {
  return side * side;
}

export function rectangle(width, height) {
  return width * height;
}

// Kept for the 0.x releases.
export function rect(a, b) {
  return rectangle(a, b);
}

export function triangle(base, height) {
  return (base * height) / 2;
}

export function circle(radius) {
  return 3.14 * radius * radius;
}

export function count(shapes) {
  return shapes.length;
}
`;

describe('a review hunk by hunk, in a real editor with the packaged extension', function () {
  this.timeout(60_000);
  this.bail(true);
  const stage = new Stage();
  let workbench: Workbench;

  before(async function () {
    this.timeout(SET_UP_MS);
    workbench = await stage.open({ script: 'reviewing.json', key: KEY, isTrusted: true });
    writeFileSync(stage.file('src/area.js'), area);
    await workbench.ready();
    await workbench.storeKey(KEY);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('hunks-failed');
  });
  after(() => stage.dispose());

  const read = (name: string) => readFileSync(stage.file(name), 'utf8');
  const until = async (what: string, holds: () => boolean) => {
    for (let tries = 0; !holds(); tries += 1) {
      assert.ok(tries < 200, `waited too long for ${what}`);
      await workbench.pause(50);
    }
  };

  it('begins with an agent’s changes', async function () {
    this.timeout(RUN_MS);
    await workbench.runCommand('Airlock: Run Agent in Sandbox');
    await workbench.answer('Run Agent in Sandbox', 'Measure the shapes exactly');
    await workbench.notification('5 changes wait for your review').waitFor({ timeout: RUN_MS });
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('shows what has no text as pages, and is gone through by keyboard alone', async () => {
    await workbench.runCommand('Airlock: Next Pending Change');
    await workbench.activeTab().getByText('index.js').waitFor();
    await workbench.page().getByText('The content is the same').waitFor();
    await workbench.screenshot('19-mode-dark');
    await workbench.press('Control+Alt+PageDown');
    await workbench.activeTab().getByText('logo.png').waitFor();
    await workbench.page().getByRole('heading', { name: 'assets/logo.png' }).waitFor();
    assert.equal(await workbench.page().locator('img').count(), 2);
    await workbench.screenshot('20-picture-dark');
    await workbench.press('Control+Alt+PageDown');
    await workbench.activeTab().getByText('area.js').waitFor();
    await workbench.cursorLine(3).waitFor();
  });

  it('approves and rejects hunks by keyboard alone, and goes on by itself', async () => {
    await workbench.screenshot('21-hunks-dark');
    await workbench.press('Control+Alt+Shift+y');
    await until('the first hunk', () => /checkLength\(side\)/.test(read('src/area.js')));
    assert.match(read('src/area.js'), /3\.14/);
    // Lines that are taken out: the cursor is above them.
    await workbench.cursorLine(10).waitFor();
    await workbench.press('Control+Alt+Shift+n');
    await workbench.cursorLine(21).waitFor();
    await workbench.screenshot('22-hunk-rejected-dark');
    await workbench.press('Shift+Alt+PageDown');
    await workbench.cursorLine(27).waitFor();
    await workbench.press('Shift+Alt+PageUp');
    await workbench.cursorLine(21).waitFor();
    assert.match(read('src/area.js'), /export function rect\(/);
    assert.match((await workbench.status().textContent()) ?? '', /5 pending/);
  });

  it('writes what the user makes of a proposal', async () => {
    await workbench.press('End');
    await workbench.type(' // exact');
    await workbench.press('Control+Alt+Shift+y');
    await until('the edited hunk', () => read('src/area.js').includes('Math.PI * radius ** 2; // exact'));
    // What is approved is what is shown: the next hunk, when the editor has both sides anew.
    await workbench.cursorLine(27).waitFor();
    await workbench.pause(SETTLED_MS);
    await workbench.press('Control+Alt+y');
    await until('the rest', () => read('src/area.js').includes('RangeError'));
    await workbench.activeTab().getByText('greet.js').waitFor();
  });

  it('takes a comment on a line, and sends it with what was rejected', async function () {
    this.timeout(RUN_MS);
    await workbench.cursorLine(4).waitFor();
    await workbench.commentable().waitFor();
    // VS Code looks whether a comment can be made when the cursor moves.
    await workbench.press('End');
    await workbench.runCommand('Add Comment on Current Selection');
    await workbench.commentBox().waitFor();
    await workbench.type('Say it in German, please.');
    await workbench.screenshot('23-comment-dark');
    await workbench.press('Control+Enter');
    await workbench.comment('Say it in German').waitFor();
    await workbench.screenshot('24-commented-dark');
    await workbench.runCommand('Airlock: Request Changes');
    await workbench.inputBox('Request Changes').waitFor();
    await workbench.screenshot('25-request-dark');
    await workbench.answer('Request Changes', 'Only the greeting.');
    await workbench.notification('4 changes wait for your review').waitFor({ timeout: RUN_MS });
    await workbench.editorText('Hallo,').waitFor();
    await workbench.runCommand('Airlock: Review Changes');
    const session = workbench.sessionView();
    await session.getByText('2 remarks of your review were sent with it').waitFor();
    await workbench.screenshot('26-requested-dark');
    await workbench.runCommand('View: Focus Active Editor Group');
  });

  it('keeps decisions and comments over a reload', async () => {
    await workbench.press('Home');
    await workbench.runCommand('Add Comment on Current Selection');
    await workbench.commentBox().waitFor();
    await workbench.type('Much better.');
    await workbench.press('Control+Enter');
    await workbench.comment('Much better').waitFor();
    await workbench.reload();
    await workbench.statusText('4 pending').waitFor();
    await workbench.editorText('Hallo,').waitFor();
    await workbench.listedComment('Much better').waitFor();
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await workbench.light().waitFor();
    await workbench.screenshot('27-reloaded-light');
  });

  it('resolves a conflict in the merge editor, and approves what it gave', async () => {
    writeFileSync(stage.file('README.md'), read('README.md').replace('A tiny greeting', 'A small greeting'));
    await workbench.runCommand('Airlock: Review Changes');
    await workbench.treeRow('README.md').click();
    await workbench.activeTab().getByText('README.md').waitFor();
    await workbench.titleAction('Approve Change').waitFor();
    await workbench.press('Control+Alt+y');
    const question = workbench.notification('You and the agent edited the same lines of "README.md"');
    await question.waitFor();
    await workbench.screenshot('28-conflict-light');
    await question.getByText('Merge…', { exact: true }).click();
    await workbench.mergeAction('Accept Combination').waitFor();
    await workbench.screenshot('29-merge-light');
  });

  it('goes on with a merge after a reload, and writes what it gave', async () => {
    await workbench.reload();
    await workbench.statusText('4 pending').waitFor();
    await workbench.runCommand('Airlock: Review Changes');
    await workbench.treeRow('README.md').click();
    await workbench.mergeAction('Accept Combination').click();
    await workbench.editorText('A small library that greets').waitFor();
    // What the editor has saved by itself is not what the user is done with.
    await workbench.pause(AUTO_SAVE_MS);
    await workbench.activeTab().getByText('Merging: README.md').waitFor();
    assert.match(read('README.md'), /A small greeting library/);
    // The editor drops a save that comes while it saves the same text by itself: a person saves once more.
    const merged = workbench.activeTab().getByText('merged with your edits');
    for (let tries = 0; tries < SAVES && (await merged.count()) === 0; tries += 1) {
      await workbench.editorText('A small library that greets').click();
      await workbench.press('Control+s');
      await workbench.pause(AUTO_SAVE_MS);
    }
    await merged.waitFor();
    await workbench.titleAction('Approve Change').waitFor();
    await workbench.screenshot('30-merged-light');
    await workbench.press('Control+Alt+y');
    await until('the merge', () => read('README.md').includes('A small library that greets'));
    await workbench.tab('README.md').first().waitFor({ state: 'detached' });
  });
});
