import * as assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Stage } from './stage.js';
import type { Workbench } from './workbench.js';

const KEY = 'test-key-e2e-ask-4b0e66';
const SET_UP_MS = 180_000;
/** Longer than the time in which keys and clicks on something new are ignored. */
const READING_MS = 700;

describe('questions of the policy, in a real editor with the packaged extension', function () {
  this.timeout(60_000);
  this.bail(true);
  const stage = new Stage();
  let workbench: Workbench;

  before(async function () {
    this.timeout(SET_UP_MS);
    workbench = await stage.open({ script: 'asking.json', key: KEY, isTrusted: true });
    await workbench.ready();
    await workbench.storeKey(KEY);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('questions-failed');
  });
  after(() => stage.dispose());

  it('appear beside the work and take no focus', async () => {
    await workbench.openFile('greet.js');
    await workbench.runCommand('Airlock: Run Agent in Sandbox');
    await workbench.answer('Run Agent in Sandbox', 'List the files');
    const question = workbench.notification('The agent asks to run a script (3 commands');
    await question.waitFor();
    await workbench.screenshot('7-question-dark');
    assert.ok(await workbench.isEditorFocused(), 'the question took the focus');
    assert.match((await workbench.status().textContent()) ?? '', /1 question/);
  });

  it('show each command with its decision, and are denied with a note by keyboard', async () => {
    await workbench.pause(READING_MS);
    await workbench.notification('asks to run a script').getByText('Answer…', { exact: true }).click();
    const rows = workbench.pickRows();
    await rows.filter({ hasText: 'list.sh' }).waitFor();
    await workbench.screenshot('8-answer-dark');
    const texts = await rows.allTextContents();
    assert.ok(
      texts.some((text) => /cat README\.md.*allowed/.test(text)),
      texts.join('\n'),
    );
    assert.ok(
      texts.some((text) => /list\.sh.*asks/.test(text)),
      texts.join('\n'),
    );
    await workbench.pause(READING_MS);
    await workbench.press('Enter');
    await rows.first().waitFor();
    await workbench.chooseRow('Deny with a Note');
    await workbench.answer('Deny with a Note', 'use npm run list instead');
  });

  it('are answered for good with a rule that is shown first', async () => {
    const question = workbench.notification('The agent asks to run: ./list.sh');
    await question.waitFor();
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await workbench.light().waitFor();
    await workbench.pause(READING_MS);
    await question.getByText('Answer…', { exact: true }).click();
    await workbench.pickRows().filter({ hasText: 'Always in This Workspace' }).waitFor();
    await workbench.screenshot('9-answer-light');
    await workbench.pause(READING_MS);
    await workbench.chooseRow('Always in This Workspace');
    await workbench.inputBox('Always allow in this workspace').waitFor();
    await workbench.screenshot('10-rule-light');
    await workbench.press('Enter');
    await workbench.notification('2 changes wait for your review').waitFor({ timeout: SET_UP_MS });
    await workbench.runCommand('Airlock: End Session');
    await stage.untilContainers(0);
  });

  it('are in the review of the policy, with what was used', async () => {
    await workbench.runCommand('Airlock: Review Policy');
    const review = workbench.preview();
    await review.getByRole('heading', { name: 'Policy review' }).waitFor();
    const text = (await review.textContent()) ?? '';
    assert.match(text, /Always allowed in this workspace.*\.\/list\.sh 'src files'/s);
    await workbench.screenshot('11-policy-review-light');
  });

  it('have their policy file checked and completed in the editor', async () => {
    mkdirSync(stage.file('.airlock'), { recursive: true });
    writeFileSync(stage.file('.airlock/policy.jsonc'), '{\n  "commands": { "curl": {} },\n  \n}\n');
    await workbench.treeRow('.airlock').click();
    await workbench.treeRow('policy.jsonc').dblclick();
    await workbench.squiggle().first().waitFor();
    await workbench.press('Control+Home');
    await workbench.press('ArrowDown');
    await workbench.press('ArrowDown');
    await workbench.press('End');
    await workbench.press('Control+Space');
    await workbench.suggestion('approvals').waitFor();
    await workbench.screenshot('12-policy-file-light');
  });
});
