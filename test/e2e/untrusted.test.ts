import * as assert from 'node:assert/strict';
import { Stage } from './stage.js';
import type { Workbench } from './workbench.js';

const SET_UP_MS = 180_000;

describe('an untrusted workspace', function () {
  this.timeout(60_000);
  this.bail(true);
  const stage = new Stage();
  let workbench: Workbench;

  before(async function () {
    this.timeout(SET_UP_MS);
    workbench = await stage.open({ script: 'demo.json', key: 'test-key-unused', isTrusted: false });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('untrusted-failed');
  });
  after(() => stage.dispose());

  it('has no Airlock', async () => {
    await workbench.statusText('Restricted Mode').waitFor();
    const commands = await workbench.findCommands('Airlock: Run Agent in Sandbox');
    assert.deepEqual(
      commands.filter((title) => title.includes('Airlock')),
      [],
    );
    assert.equal(await workbench.status().count(), 0);
  });

  it('has it as soon as it is trusted', async () => {
    await workbench.trust();
    await workbench.ready();
    const [first] = await workbench.findCommands('Airlock: Run Agent in Sandbox');
    assert.match(first ?? '', /Airlock: Run Agent in Sandbox/);
  });
});
