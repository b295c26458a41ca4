import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Stage } from './stage.js';
import type { Workbench } from './workbench.js';

const KEY = 'test-key-e2e-tree-4e0b12';
const SET_UP_MS = 180_000;

describe('the tree of changes, in a real editor with the packaged extension', function () {
  this.timeout(60_000);
  this.bail(true);
  const stage = new Stage();
  let workbench: Workbench;

  before(async function () {
    this.timeout(SET_UP_MS);
    workbench = await stage.open({ script: 'review-tree.json', key: KEY, isTrusted: true });
    await workbench.ready();
    await workbench.storeKey(KEY);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('tree-failed');
  });
  after(() => stage.dispose());

  const read = (name: string) => readFileSync(stage.file(name), 'utf8');
  const isTicked = async (name: string) => {
    await workbench.rowBox(name).waitFor();
    return (await workbench.rowBox(name).getAttribute('aria-checked')) === 'true';
  };
  const untilTicked = (name: string) => workbench.rowBox(name).and(workbench.checked()).waitFor();

  it('shows what is protected first, when the agent has finished', async function () {
    this.timeout(SET_UP_MS);
    await workbench.runCommand('Airlock: Run Agent in Sandbox');
    await workbench.answer('Run Agent in Sandbox', 'Improve the greeting and document it');
    await workbench.notification('6 changes wait for your review').waitFor({ timeout: SET_UP_MS });
    await workbench.notification('6 changes wait').getByText('Review', { exact: true }).click();
    await workbench.treeRow('policy.jsonc').waitFor();
    assert.match((await workbench.changeRows().first().textContent()) ?? '', /Protected \(1\)/);
    assert.match((await workbench.changesDescription().textContent()) ?? '', /^\+\d+ −\d+$/);
    await workbench.screenshot('20-tree-dark');
  });

  it('is ticked by keyboard: a file, a hunk, a protected file', async () => {
    await workbench.goToRow('greet.js');
    await workbench.press('Space');
    await untilTicked('greet.js');
    assert.equal(await isTicked('src'), false);
    await workbench.changeRows().filter({ hasText: '1 of 2 marked' }).waitFor();
    await workbench.goToRow('README.md');
    await workbench.press('ArrowRight');
    await workbench.treeRow('@@ 8–9').waitFor();
    await workbench.press('ArrowDown');
    await workbench.press('ArrowDown');
    await workbench.press('Space');
    await untilTicked('@@ 8–9');
    await workbench
      .changeRows()
      .filter({ hasText: /README\.md.*1 of 2 marked/ })
      .waitFor();
    await workbench.goToRow('policy.jsonc');
    await workbench.press('Space');
    await untilTicked('policy.jsonc');
    await workbench.screenshot('21-tree-ticked-dark');
  });

  it('is ticked by mouse, with all that is in a folder', async () => {
    await workbench.rowBox('docs').click();
    await untilTicked('docs');
    await untilTicked('USAGE.md');
    await workbench.rowBox('CHANGES.md').click();
    await workbench
      .changeRows()
      .filter({ hasText: /docs.*1 of 2 marked/ })
      .waitFor();
    assert.equal(await isTicked('USAGE.md'), true);
    assert.equal(await isTicked('CHANGES.md'), false);
    assert.equal(await isTicked('docs'), false);
  });

  it('has its ticks after a reload', async () => {
    await workbench.reload();
    const offer = workbench.notification('6 changes from an earlier agent session wait for review');
    await offer.getByText('Review', { exact: true }).click();
    await untilTicked('greet.js');
    await untilTicked('policy.jsonc');
    assert.equal(await isTicked('README.md'), false);
  });

  it('writes what is ticked, and asks about the protected one once more', async () => {
    await workbench.runCommand('Airlock: Apply Marked Changes');
    await workbench.dialog('Apply 4 marked changes?').waitFor();
    await workbench.screenshot('22-apply-marked-dark');
    await workbench.press('Enter');
    await workbench
      .dialog('1 of them is protected')
      .getByText('it decides what later agent sessions')
      .waitFor();
    await workbench.screenshot('23-apply-protected-dark');
    assert.ok(!existsSync(stage.file('.airlock')));
    await workbench.dialog('1 of them is protected').getByRole('button', { name: 'Apply It Too' }).click();
    await workbench.treeRow('policy.jsonc').waitFor({ state: 'detached' });
    assert.match(read('src/greet.js'), /\$\{who\}!/);
    assert.match(read('.airlock/policy.jsonc'), /"curl": false/);
    assert.match(read('docs/guide/USAGE.md'), /^# Usage/);
    assert.ok(!existsSync(stage.file('docs/CHANGES.md')));
    assert.ok(existsSync(stage.file('src/legacy.js')));
    assert.match(read('README.md'), /A tiny greeting library\.\n/);
    assert.match(read('README.md'), /They need nothing but Node\.\n/);
    await workbench.statusText('3 pending').waitFor();
  });

  it('finds by path, and shows the way back when it finds nothing', async () => {
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await workbench.light().waitFor();
    await workbench.screenshot('24-tree-light');
    await workbench.runCommand('Airlock: Search Changes');
    await workbench.answer('Search Changes', 'LEGACY');
    await workbench.treeRow('CHANGES.md').waitFor({ state: 'detached' });
    await workbench.treeRow('legacy.js').waitFor();
    assert.equal(await workbench.changesDescription().textContent(), '"LEGACY": 1 of 3');
    await workbench.runCommand('Airlock: Filter Changes');
    await workbench.screenshot('25-filter-light');
    await workbench.chooseRow('Binary');
    await workbench.welcomeButton('Clear Filter').waitFor();
    await workbench.screenshot('26-nothing-found-light');
    await workbench.welcomeButton('Clear Filter').click();
    await workbench.treeRow('CHANGES.md').waitFor();
  });

  it('decides the node with the focus by its keys, whatever was selected before', async () => {
    await workbench.treeRow('CHANGES.md').click();
    await workbench.goToRow('legacy.js');
    await workbench.press('Control+Alt+n');
    await workbench.treeRow('legacy.js').waitFor({ state: 'detached' });
    assert.ok(existsSync(stage.file('src/legacy.js')));
    await workbench.goToRow('CHANGES.md');
    await workbench.press('Control+Alt+y');
    await workbench.treeRow('CHANGES.md').waitFor({ state: 'detached' });
    assert.match(read('docs/CHANGES.md'), /^# Changes/);
    await workbench.goToRow('README.md');
    await workbench.press('Control+Alt+y');
    await workbench.welcomeButton('Undo Last Approval').waitFor();
    assert.match(read('README.md'), /without dependencies/);
    await workbench.screenshot('27-review-done-light');
  });
});
