import * as assert from 'node:assert/strict';
import { isLoopbackUrl, parseSettings } from '../../../src/ui/settings-model.js';

const defaults: Readonly<Record<string, unknown>> = {
  provider: 'anthropic',
  model: '',
  modelUrl: '',
  strategy: 'auto',
  preset: 'developer',
  'limits.memoryMb': 2048,
  'limits.cpus': 2,
  'limits.pids': 512,
  'limits.commandSeconds': 120,
  'limits.sessionSeconds': 1800,
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

  const refused: readonly [string, Record<string, unknown>][] = [
    ['airlock.provider', { provider: 'other' }],
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
