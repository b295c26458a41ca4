import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { labels, PRODUCT } from '../../src/sandbox/labels.js';
import { findExtensionHosts } from './processes.js';
import { Stage } from './stage.js';
import type { Workbench } from './workbench.js';

const KEY = 'test-key-lost-8e2b41d7c6';
const SET_UP_MS = 180_000;
const RUN_MS = 240_000;

describe('an extension host that is killed while the agent works', function () {
  this.timeout(60_000);
  this.bail(true);
  const stage = new Stage();
  const engine = new DockerEngine();
  let workbench: Workbench;
  let sessionId = '';
  const owned = () => engine.listOwned({ [labels.product]: PRODUCT, [labels.session]: sessionId });

  before(async function () {
    this.timeout(SET_UP_MS);
    workbench = await stage.open({ script: 'hanging.json', key: KEY, isTrusted: true });
    await workbench.ready();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('lost-host-failed');
  });
  after(() => stage.dispose());

  it('has a container and a captured change when it dies', async function () {
    this.timeout(RUN_MS);
    await workbench.runCommand('Airlock: Review Changes');
    await workbench.welcomeButton('Run Agent in Sandbox').waitFor();
    await workbench.sessionView().getByText('appears here while it runs').waitFor();
    await workbench.runCommand('Airlock: Set API Key');
    await workbench.answer('API key for anthropic', KEY);
    await workbench.statusText('key stored for anthropic').waitFor();
    await workbench.runCommand('Airlock: Run Agent in Sandbox');
    await workbench.answer('Run Agent in Sandbox', 'Write a note');
    await workbench.treeRow('NOTES.md').waitFor({ timeout: RUN_MS });
    const sessions = readdirSync(path.join(stage.stateDir, 'sessions'));
    assert.equal(sessions.length, 1);
    sessionId = sessions[0] ?? '';
    assert.ok((await owned()).some(({ kind }) => kind === 'container'));
    const hosts = findExtensionHosts(stage.editorPid);
    assert.ok(hosts.length > 0, 'the extension host was not found');
    for (const pid of hosts) process.kill(pid, 'SIGKILL');
  });

  it('leaves no container and no volume after the next start', async () => {
    await workbench.reload();
    await workbench
      .notification('1 change from an earlier agent session waits for review')
      .waitFor({ timeout: 60_000 });
    assert.deepEqual(await owned(), []);
    assert.ok(!existsSync(stage.file('NOTES.md')));
  });

  it('loses no captured change', async () => {
    await workbench
      .notification('1 change from an earlier agent session')
      .getByText('Review', { exact: true })
      .click();
    await workbench.treeRow('NOTES.md').click();
    await workbench.titleAction('Approve Change').click();
    await workbench.treeRow('NOTES.md').waitFor({ state: 'detached' });
    assert.equal(readFileSync(stage.file('NOTES.md'), 'utf8'), 'Kept.\n');
  });
});
