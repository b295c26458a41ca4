import * as assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { labels, PRODUCT } from '../../src/sandbox/labels.js';
import type { AirlockApi } from '../../src/ui/activate.js';
import { extensionId, getAirlock, isCoreInMemory, waitFor } from './airlock.js';
import { type ModelServer, startModelServer } from './model-server.js';

const KEY = 'test-key-4d1f0a7c9e2b';
const IMAGE_AND_RUN_MS = 240_000;

describe('a session on the real engine', () => {
  let api: AirlockApi;
  let server: ModelServer;
  let folder: string;
  const fixtures = path.join(
    vscode.extensions.getExtension(extensionId)?.extensionPath ?? '',
    'test',
    'fixtures',
  );
  const config = () => vscode.workspace.getConfiguration('airlock');
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

  before(async function () {
    this.timeout(60_000);
    api = await getAirlock();
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    assert.ok(folder !== '', 'the suite needs a window with a folder');
    cpSync(path.join(fixtures, 'sample-project'), folder, { recursive: true });
    server = await startModelServer(path.join(fixtures, 'scripts', 'demo.json'), KEY);
    await config().update('modelUrl', server.url, vscode.ConfigurationTarget.Global);
    api.dialogs.answerWith({
      input: async ({ password }) => (password ? KEY : 'Fix the greeting'),
      choose: async () => undefined,
      confirm: async () => true,
    });
    await vscode.commands.executeCommand('airlock.setApiKey');
  });
  after(async () => {
    await vscode.commands.executeCommand('airlock.clearApiKey');
    api.dialogs.answerWith({});
    await config().update('modelUrl', undefined, vscode.ConfigurationTarget.Global);
    await server.stop();
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
  });

  it('ends its turn with pending changes and leaves every file as it was', async function () {
    this.timeout(IMAGE_AND_RUN_MS);
    const greet = read('src/greet.js');
    await vscode.commands.executeCommand('airlock.run');
    assert.ok(isCoreInMemory());
    assert.deepEqual(api.app.sessions.current?.state, { kind: 'idle' });
    assert.deepEqual(
      api.app.store.rows().map((row) => [row.path, row.reviewed.change.status]),
      [
        ['docs/CHANGES.md', 'added'],
        ['src/greet.js', 'modified'],
        ['src/legacy.js', 'deleted'],
      ],
    );
    assert.equal(read('src/greet.js'), greet);
    assert.ok(existsSync(path.join(folder, 'src/legacy.js')));
  });

  it('shows each tool call with its decision', () => {
    const items = api.app.sessions.current?.transcript.items() ?? [];
    const tools = items.flatMap((item) => (item.kind === 'tool' ? [item] : []));
    assert.ok(tools.length >= 9);
    for (const tool of tools) assert.ok(tool.decision, tool.title);
    const denied = tools.filter((tool) => tool.decision?.decision === 'deny');
    assert.ok(denied.some((tool) => tool.title.includes('curl')));
  });

  it('shows what its sandbox has proven, to both of its users', async () => {
    await vscode.commands.executeCommand('airlock.showGuarantees');
    const text = api.app.pages.provideTextDocumentContent({ path: '/Sandbox Guarantees.md' });
    for (const title of [
      'No network',
      'System call filter',
      'Memory limit',
      'Processes of the two users apart',
    ])
      assert.ok(text.includes(title), text);
    assert.match(text, /proven/i);
    assert.doesNotMatch(text, /not provable on this runtime|: failed/i);
    await waitFor('the preview', () =>
      vscode.window.tabGroups.all.some((group) => group.tabs.some(({ label }) => /Guarantees/.test(label))),
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('leaves no container and no volume once it is ended', async () => {
    await vscode.commands.executeCommand('airlock.endSession');
    assert.deepEqual(api.app.sessions.current?.state, { kind: 'none' });
    const [review] = api.app.store.list();
    assert.ok(review);
    const engine = new DockerEngine();
    const owned = await engine.listOwned({ [labels.product]: PRODUCT, [labels.session]: review.sessionId });
    assert.deepEqual(owned, []);
  });

  it('finds the same review again from the storage', async () => {
    const host = await api.app.host();
    const stored = await host.openReviews(folder);
    assert.deepEqual(
      stored.map((review) => review.sessionId),
      api.app.store.list().map((review) => review.sessionId),
    );
  });

  it('writes what is approved and drops what is rejected', async () => {
    const [review] = api.app.store.list();
    assert.ok(review);
    const decide = async (command: string, name: string) => {
      const row = api.app.store.row(review.sessionId, name);
      assert.ok(row);
      await vscode.commands.executeCommand(command, { kind: 'row', row });
    };
    await decide('airlock.approve', 'src/greet.js');
    await decide('airlock.approve', 'src/legacy.js');
    await decide('airlock.reject', 'docs/CHANGES.md');
    assert.match(read('src/greet.js'), /\$\{who\}!/);
    assert.ok(!existsSync(path.join(folder, 'src/legacy.js')));
    assert.ok(!existsSync(path.join(folder, 'docs')));
    assert.equal(api.app.store.pending().count, 0);
  });

  it('can be stopped, and is gone then', async function () {
    this.timeout(IMAGE_AND_RUN_MS);
    const run = vscode.commands.executeCommand('airlock.run');
    const { id } = await waitFor('the session', () => api.app.sessions.live()[0], 20_000);
    await vscode.commands.executeCommand('airlock.stop');
    await run;
    assert.deepEqual(api.app.sessions.live(), []);
    const owned = await new DockerEngine().listOwned({ [labels.product]: PRODUCT, [labels.session]: id });
    assert.deepEqual(owned, []);
    assert.deepEqual(api.app.store.list(), []);
  });

  it('says so when VS Code’s own models are wanted and there are none', async function () {
    this.timeout(IMAGE_AND_RUN_MS);
    await config().update('provider', 'vscode-lm', vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(
        await vscode.lm.selectChatModels(),
        [],
        'this editor has models: the test is for one without',
      );
      await vscode.commands.executeCommand('airlock.run');
      // The turn failed, and the sandbox is there for another try.
      assert.deepEqual(api.app.sessions.current?.state, { kind: 'idle' });
      const items = api.app.sessions.current?.transcript.items() ?? [];
      assert.ok(
        items.some((item) => item.kind === 'notice' && /this VS Code has no language model/.test(item.text)),
        JSON.stringify(items),
      );
      await vscode.commands.executeCommand('airlock.endSession');
    } finally {
      await config().update('provider', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
