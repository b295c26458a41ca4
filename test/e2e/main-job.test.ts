import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { labels, PRODUCT } from '../../src/sandbox/labels.js';
import { Stage } from './stage.js';
import type { Workbench } from './workbench.js';

const KEY = 'test-key-e2e-7c1d93b5f0';
const SET_UP_MS = 180_000;
const RUN_MS = 240_000;

describe('the main job, in a real editor with the packaged extension', function () {
  this.timeout(60_000);
  this.bail(true);
  const stage = new Stage();
  let workbench: Workbench;

  before(async function () {
    this.timeout(SET_UP_MS);
    workbench = await stage.open({ script: 'demo.json', key: KEY, isTrusted: true });
    await workbench.ready();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed');
  });
  after(() => stage.dispose());

  it('is idle at first', async () => {
    assert.match((await workbench.status().getAttribute('aria-label')) ?? '', /no agent is running/);
    await workbench.runCommand('Airlock: Review Changes');
    await workbench.welcomeButton('Run Agent in Sandbox').waitFor();
    await workbench.sessionView().getByText('appears here while it runs').waitFor();
    await workbench.screenshot('1-idle-dark');
  });

  it('takes the key and the task, and ends with pending changes', async function () {
    this.timeout(RUN_MS);
    await workbench.storeKey(KEY);
    await workbench.runCommand('Airlock: Run Agent in Sandbox');
    await workbench.answer('Run Agent in Sandbox', 'Fix the greeting for empty names and tidy up');
    const progress = workbench.notification('Airlock');
    await progress.first().waitFor();
    await workbench.screenshot('2-running-dark');
    await workbench.notification('3 changes wait for your review').waitFor({ timeout: RUN_MS });
    assert.match((await workbench.status().textContent()) ?? '', /3 pending/);
    await workbench.treeRow('legacy.js').waitFor();
    await workbench.sessionView().getByText('The sandbox waits for your next prompt').waitFor();
    await workbench.screenshot('3-finished-dark');
  });

  it('leaves the real files alone until something is approved', () => {
    assert.match(readFileSync(stage.file('src/greet.js'), 'utf8'), /\$\{name\}!/);
    assert.ok(existsSync(stage.file('src/legacy.js')));
    assert.ok(!existsSync(stage.file('docs')));
  });

  it('shows what the agent said and did, with the decisions', async () => {
    await workbench.notification('3 changes wait').getByText('Review', { exact: true }).click();
    const session = workbench.sessionView();
    await session.getByRole('button', { name: 'End Session' }).click();
    await session.getByText('Session ended').waitFor();
    await session.getByText('denied', { exact: true }).first().waitFor();
    const text = (await session.textContent()) ?? '';
    const phases = [
      'Starting the container',
      'Starting the agent',
      'Collecting changes',
      'Removing the sandbox',
    ];
    for (const expected of [
      'Fix the greeting for empty names',
      'src/greet.js',
      'curl https://example.com',
      ...phases,
    ]) {
      assert.ok(text.includes(expected), `the session view does not show ${expected}`);
    }
    assert.ok(!text.includes('fake-canary'), 'a masked secret is in the session view');
  });

  it('offers the review again after a reload', async () => {
    await workbench.reload();
    const offer = workbench.notification('3 changes from an earlier agent session wait for review');
    await offer.getByText('Review', { exact: true }).click();
    await workbench.treeRow('greet.js').waitFor();
  });

  it('writes one approved change from its diff and goes on to the next', async () => {
    await workbench.treeRow('greet.js').click();
    await workbench.titleAction('Approve Change').waitFor();
    assert.match((await workbench.activeTab().textContent()) ?? '', /greet\.js \(proposed by agent\)/);
    await workbench.screenshot('4-diff-dark');
    await workbench.titleAction('Approve Change').click();
    await workbench.activeTab().getByText('legacy.js').waitFor();
    await workbench.titleAction('Reject Change').waitFor();
    assert.match(readFileSync(stage.file('src/greet.js'), 'utf8'), /\$\{who\}!/);
    assert.match((await workbench.status().textContent()) ?? '', /2 pending/);
  });

  it('drops a rejected change by keyboard', async () => {
    await workbench.press('Control+Alt+n');
    await workbench.activeTab().getByText('CHANGES.md').waitFor();
    await workbench.titleAction('Approve Change').waitFor();
    assert.ok(existsSync(stage.file('src/legacy.js')));
    assert.match((await workbench.status().textContent()) ?? '', /1 pending/);
  });

  it('approves by keyboard, in the light theme', async () => {
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await workbench.light().waitFor();
    await workbench.screenshot('5-diff-light');
    await workbench.press('Control+Alt+y');
    await workbench.treeRow('CHANGES.md').waitFor({ state: 'detached' });
    assert.match(readFileSync(stage.file('docs/CHANGES.md'), 'utf8'), /^# Changes/);
    await workbench.screenshot('6-decided-light');
  });

  it('shows the audit log, which is gone through and opened by keyboard', async () => {
    await workbench.runCommand('Airlock: Show Audit Log');
    await workbench.inputBox('audit log of which session').waitFor();
    await workbench.press('Enter');
    const viewer = workbench.lastPage();
    await viewer.locator('#status.ok', { hasText: 'Intact' }).waitFor();
    await viewer.locator('#text').fill('legacy');
    // What is pressed before the filter holds would be of the rows before it.
    await viewer.locator('.row').first().filter({ hasText: 'legacy' }).waitFor();
    await viewer.locator('#list').press('End');
    await viewer.locator('.row[aria-selected="true"]', { hasText: 'legacy.js' }).waitFor();
    await workbench.screenshot('7-audit-light');
    await viewer.locator('#text').fill('');
    await viewer.locator('#timeline').check();
    await viewer.getByText('The session began').waitFor();
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await workbench.light().waitFor({ state: 'detached' });
    await workbench.screenshot('8-audit-timeline-dark');
  });

  it('leaves no container and no volume, and an audit log', async () => {
    const logs = readdirSync(path.join(stage.stateDir, 'audit')).filter((name) => name.endsWith('.jsonl'));
    assert.equal(logs.length, 1);
    const sessionId = path.basename(logs[0] ?? '', '.jsonl');
    const owned = await new DockerEngine().listOwned({
      [labels.product]: PRODUCT,
      [labels.session]: sessionId,
    });
    assert.deepEqual(owned, []);
    const text = readFileSync(path.join(stage.stateDir, 'audit', logs[0] ?? ''), 'utf8');
    assert.ok(!text.includes(KEY), 'the key is in the audit log');
  });
});
