import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Stage } from './stage.js';
import type { Workbench } from './workbench.js';

const KEY = 'test-key-e2e-turns-91a0c3';
const SET_UP_MS = 180_000;
const FINISHED = 'Finished. The sandbox waits for your next prompt.';

describe('several turns and sessions, in a real editor with the packaged extension', function () {
  this.timeout(60_000);
  this.bail(true);
  const stage = new Stage();
  let workbench: Workbench;

  before(async function () {
    this.timeout(SET_UP_MS);
    workbench = await stage.open({ script: 'turns.json', key: KEY, isTrusted: true });
    await workbench.ready();
    await workbench.storeKey(KEY);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('sessions-failed');
  });
  after(() => stage.dispose());

  it('keep a sandbox for the next prompt', async function () {
    this.timeout(SET_UP_MS);
    await workbench.runCommand('Airlock: Run Agent in Sandbox');
    await workbench.answer('Run Agent in Sandbox', 'Write down what there is to do');
    await workbench.notification('The agent finished: 1 change waits').waitFor({ timeout: SET_UP_MS });
    await workbench.runCommand('Airlock: Review Changes');
    await workbench.sessionView().getByText(FINISHED).waitFor();
    await workbench.sessionView().getByLabel('Next prompt').waitFor();
    assert.equal((await stage.containers()).length, 1);
    await workbench.screenshot('13-idle-session-dark');
  });

  it('take the next prompt where the conversation is read, and show it there', async () => {
    const view = workbench.sessionView();
    const input = view.getByLabel('Next prompt');
    assert.ok(await view.getByRole('button', { name: 'Send' }).isDisabled());
    await input.fill('Do it, please');
    await input.press('Enter');
    await view.getByText('Do it, please').waitFor();
    await input.waitFor({ state: 'hidden' });
    await workbench.notification('The agent finished: 2 changes wait').waitFor();
    await workbench.treeRow('DONE.md').waitFor();
    assert.ok(!existsSync(stage.file('docs/DONE.md')));
    assert.equal((await stage.containers()).length, 1);
  });

  it('run side by side, each with its number, colour and changes', async function () {
    this.timeout(SET_UP_MS);
    await workbench.runCommand('Airlock: Run Agent in Sandbox');
    await workbench.answer('Run Agent in Sandbox', 'Do the same once more');
    await workbench.notification('Agent 2 finished: 1 change waits').waitFor({ timeout: SET_UP_MS });
    assert.equal((await stage.containers()).length, 2);
    const view = workbench.sessionView();
    const second = view.getByRole('tab', { name: '2: Do the same once more' });
    const first = view.getByRole('tab', { name: '1: Write down what there is to do' });
    assert.equal(await second.getAttribute('aria-selected'), 'true');
    await workbench.treeRow('2: Do the same once more').waitFor();
    await workbench.treeRow('1: Write down what there is to do').waitFor();
    await workbench.screenshot('14-two-sessions-dark');
    await first.click();
    await view.getByText('Do it, please').waitFor();
    assert.equal(await first.getAttribute('aria-selected'), 'true');
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await workbench.light().waitFor();
    await view.getByLabel('Next prompt').fill('A draft that is kept');
    await workbench.screenshot('15-two-sessions-light');
    await second.press('Enter');
    await view.getByRole('tab', { name: '2:', selected: true }).waitFor();
    assert.equal(await view.getByLabel('Next prompt').inputValue(), '');
    await first.press('Enter');
    await view.getByRole('tab', { name: '1:', selected: true }).waitFor();
    assert.equal(await view.getByLabel('Next prompt').inputValue(), 'A draft that is kept');
  });

  it('are ended by choice, one by one, and leave their changes', async () => {
    await workbench.runCommand('Airlock: End Session');
    await workbench.pickRows().filter({ hasText: '2: Do the same once more' }).waitFor();
    await workbench.screenshot('16-end-session-light');
    await workbench.chooseRow('2: Do the same once more');
    await stage.untilContainers(1);
    await workbench.runCommand('Airlock: End Session');
    await stage.untilContainers(0);
    await workbench.statusText('3 pending').waitFor();
    assert.ok(!existsSync(stage.file('TODO.md')));
  });

  it('leave a record of every turn', () => {
    const dir = path.join(stage.stateDir, 'audit');
    const logs = readdirSync(dir).filter((name) => name.endsWith('.jsonl'));
    const turns = logs.map(
      (name) => readFileSync(path.join(dir, name), 'utf8').match(/"kind":"turn"/g)?.length,
    );
    assert.deepEqual(turns.sort(), [1, 2]);
  });
});
