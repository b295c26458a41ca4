import * as assert from 'node:assert/strict';
import { Stage } from './stage.js';
import type { Workbench } from './workbench.js';

const KEY = 'test-key-e2e-limits-5d20fe';
const SET_UP_MS = 180_000;

describe('what an agent may spend, in a real editor with the packaged extension', function () {
  this.timeout(60_000);
  this.bail(true);
  const stage = new Stage();
  let workbench: Workbench;

  before(async function () {
    this.timeout(SET_UP_MS);
    workbench = await stage.open({
      script: 'turns.json',
      key: KEY,
      isTrusted: true,
      settings: { 'airlock.limits.tokensPerSession': 100, 'airlock.limits.keepSeconds': 0 },
    });
    await workbench.ready();
    await workbench.storeKey(KEY);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('limits-failed');
  });
  after(() => stage.dispose());

  it('goes on at a limit when the user lets it, and shows what was spent', async function () {
    this.timeout(SET_UP_MS);
    await workbench.runCommand('Airlock: Run Agent in Sandbox');
    await workbench.answer('Run Agent in Sandbox', 'Write down what there is to do');
    const question = workbench.notification('The agent is paused');
    await question.waitFor({ timeout: SET_UP_MS });
    await workbench.runCommand('Airlock: Review Changes');
    await workbench
      .sessionView()
      .getByText(/tokens, about \$0\.\d+/)
      .first()
      .waitFor();
    await workbench.screenshot('17-limit-dark');
    await question.getByText('Continue', { exact: true }).click();
    await workbench.notification('The agent finished: 1 change waits').waitFor({ timeout: SET_UP_MS });
    // Not kept for a next prompt, as it was set.
    await workbench.sessionView().getByText('Session ended').waitFor();
    const tooltip = (await workbench.status().getAttribute('aria-label')) ?? '';
    assert.match(tooltip, /1 change waits for review/);
  });

  it('ends at a limit when the user says so, and keeps what there is', async function () {
    this.timeout(SET_UP_MS);
    await workbench.runCommand('Airlock: Run Agent in Sandbox');
    await workbench.answer('Run Agent in Sandbox', 'And again');
    const question = workbench.notification('The agent is paused');
    await question.waitFor({ timeout: SET_UP_MS });
    await question.getByText('Stop', { exact: true }).click();
    await workbench.notification('The agent failed').waitFor({ timeout: SET_UP_MS });
    await workbench.notification('stopped: 1 change waits').waitFor();
  });

  it('goes by the agent, which is chosen from a list that says what it brings', async () => {
    await workbench.runCommand('Airlock: Select Agent');
    const rows = workbench.pickRows();
    await rows.filter({ hasText: 'Claude Code' }).waitFor();
    await workbench.screenshot('18-select-agent-dark');
    const texts = (await rows.allTextContents()).join('\n');
    for (const expected of [
      'Airlock agent',
      'Codex',
      'OpenCode',
      'Gemini CLI',
      'Custom',
      'about 390 MB on disk',
    ])
      assert.ok(texts.includes(expected), `${expected} is not in ${texts}`);
    await workbench.press('Escape');
  });
});
