import * as assert from 'node:assert/strict';
import { type AgentId, agentIds, findAgent } from '../../../src/agents/catalogue/catalogue.js';
import { serverToolKinds } from '../../../src/gateway/server-tools/server-tool.js';
import { agentInfos } from '../../../src/ui/agent-settings.js';
import { isLoopbackUrl, parseSettings } from '../../../src/ui/settings-model.js';

const defaults: Readonly<Record<string, unknown>> = {
  agent: 'builtin',
  provider: 'auto',
  'image.registry': '',
  'image.caFile': '',
  'image.buildNetwork': 'default',
  allowServerTools: [],
  prices: [],
  secretScan: 'warn',
  'limits.tokensPerSession': 0,
  'limits.tokensPerDay': 0,
  'limits.usdPerSession': 0,
  'limits.usdPerDay': 0,
  agentMode: { opencode: 'contained' },
  allowPrivateModelUrl: false,
  model: '',
  modelUrl: '',
  strategy: 'auto',
  seccomp: 'airlock',
  runtime: '',
  preset: 'developer',
  'limits.memoryMb': 2048,
  'limits.cpus': 2,
  'limits.pids': 512,
  'limits.commandSeconds': 120,
  'limits.sessionSeconds': 1800,
  'limits.silenceSeconds': 600,
  'limits.keepSeconds': 0,
  'limits.workspaceMb': 10_240,
  'limits.workspaceFiles': 500_000,
  'limits.freeDiskMb': 1024,
};

function parse(
  changed: Readonly<Record<string, unknown>> = {},
  user: unknown = undefined,
  workspace: unknown[] = [],
) {
  return parseSettings((key) => ({ ...defaults, ...changed })[key], { user, workspace });
}

describe('the settings of a run', () => {
  it('fills in the provider’s model and address', () => {
    const result = parse({ provider: 'openai' });
    assert.ok(result.ok);
    assert.equal(result.settings.modelUrl, 'https://api.openai.com');
    assert.notEqual(result.settings.model, '');
  });

  for (const [id, { title, providers }] of Object.entries(agentInfos)) {
    it(`knows of ${id} what the catalogue knows`, () => {
      const agent = findAgent({ id: id as AgentId });
      assert.deepEqual([agent.title, agent.protocols], [title, providers]);
      assert.equal(agentIds.length, Object.keys(agentInfos).length);
      const result = parse({ agent: id });
      assert.ok(result.ok);
      assert.equal(result.settings.provider, providers[0]);
      assert.equal(result.settings.mode, id === 'opencode' ? 'contained' : 'brokered');
    });
  }

  it('knows every kind of tool that a model service has', () => {
    const result = parse({ allowServerTools: [...serverToolKinds] });
    assert.ok(result.ok);
    assert.deepEqual(result.settings.allowServerTools, serverToolKinds);
  });

  it('takes a program of the user’s as agent', () => {
    const result = parse({
      agent: 'custom',
      customAgent: { command: '/opt/x', args: ['acp'] },
      provider: 'gemini',
    });
    assert.ok(result.ok);
    assert.deepEqual(result.settings.agent, { id: 'custom', command: '/opt/x', args: ['acp'], env: {} });
    assert.equal(result.settings.provider, 'gemini');
  });

  const refused: readonly [string, Record<string, unknown>][] = [
    ['airlock.provider', { provider: 'other' }],
    ['airlock.provider', { agent: 'claude-code', provider: 'openai' }],
    ['airlock.limits.usdPerDay', { 'limits.usdPerDay': -1 }],
    ['airlock.prices', { prices: [{ model: 'm', input: 'much', output: 1 }] }],
    ['airlock.prices', { prices: [null] }],
    ['airlock.secretScan', { secretScan: 'maybe' }],
    ['airlock.agent', { agent: 'other' }],
    ['airlock.agentMode', { agent: 'codex', agentMode: { codex: 'free' } }],
    ['airlock.agent', { agent: '__proto__' }],
    ['airlock.customAgent.command', { agent: 'custom' }],
    ['airlock.customAgent.args', { agent: 'custom', customAgent: { command: 'x', args: 'y' } }],
    ['airlock.customAgent.env', { agent: 'custom', customAgent: { command: 'x', env: { A: 1 } } }],
    ['airlock.allowServerTools', { allowServerTools: ['web-search', 'everything'] }],
    ['airlock.image.buildNetwork', { 'image.buildNetwork': 'bridge' }],
    ['airlock.modelUrl', { modelUrl: 'http://example.com' }],
    ['airlock.modelUrl', { modelUrl: 'https://user:pass@example.com' }],
    ['airlock.modelUrl', { modelUrl: 'not an address' }],
    ['airlock.model', { model: 7 }],
    ['airlock.strategy', { strategy: 'bind' }],
    ['airlock.preset', { preset: 'root' }],
    ['airlock.limits.memoryMb', { 'limits.memoryMb': 1 }],
    ['airlock.limits.pids', { 'limits.pids': 100.5 }],
    ['airlock.limits.cpus', { 'limits.cpus': Number.NaN }],
  ];
  for (const [key, changed] of refused) {
    it(`names ${key} when it is ${JSON.stringify(changed)}`, () => {
      const result = parse(changed);
      assert.ok(!result.ok);
      assert.match(result.problems.join(), new RegExp(key.replaceAll('.', '\\.')));
    });
  }

  it('takes VS Code’s own models for agents that speak their protocol, and guesses no name', () => {
    const result = parse({ provider: 'vscode-lm' });
    assert.ok(result.ok);
    const { provider, editorModels, model } = result.settings;
    assert.deepEqual([provider, editorModels, model], ['anthropic', true, '']);
    const other = parse({ provider: 'vscode-lm', agent: 'codex' });
    assert.ok(!other.ok && /airlock\.provider must be auto or openai for/.test(other.problems.join()));
  });

  it('allows http to this machine only', () => {
    assert.ok(parse({ modelUrl: 'http://127.0.0.1:8080' }).ok);
    assert.ok(parse({ modelUrl: 'http://[::1]:8080' }).ok);
    assert.ok(!isLoopbackUrl('http://127.0.0.1.example.com'));
    assert.ok(!isLoopbackUrl('http://localhost.example.com'));
  });

  it('adds up the masks of every level', () => {
    const result = parse({}, ['*.secret', '!sample.secret'], [['private/**'], undefined, ['*.secret']]);
    assert.ok(result.ok);
    assert.deepEqual(result.settings.mask, ['*.secret', '!sample.secret', 'private/**']);
  });

  it('lets no workspace unmask a file', () => {
    assert.ok(!parse({}, [], [['!.env']]).ok);
    assert.ok(!parse({}, 'x').ok);
    assert.ok(!parse({}, [7]).ok);
  });
});
