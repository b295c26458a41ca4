import assert from 'node:assert/strict';
import { AirlockError } from '../../../src/base/errors.js';
import { parseRunOptions } from '../../../src/cli/run-options.js';

const required = ['--workspace', '/w', '--prompt', 'do it'];

describe('airlock run options', () => {
  it('has defaults for everything but the workspace and the prompt', () => {
    const options = parseRunOptions(required, {});
    assert.equal(options.workspace, '/w');
    assert.equal(options.provider, 'anthropic');
    assert.equal(options.modelUrl, 'https://api.anthropic.com');
    assert.equal(options.approve, 'none');
    assert.equal(options.strategy, 'auto');
  });

  it('takes the default address of the chosen provider', () => {
    assert.equal(
      parseRunOptions([...required, '--provider', 'openai'], {}).modelUrl,
      'https://api.openai.com',
    );
  });

  it('takes the wire protocol of the chosen agent', () => {
    const agents = { 'claude-code': 'anthropic', codex: 'openai', opencode: 'anthropic', gemini: 'gemini' };
    for (const [id, provider] of Object.entries(agents)) {
      const options = parseRunOptions([...required, '--agent', id], {});
      assert.deepEqual([options.agent, options.provider], [{ id }, provider]);
    }
    const { agent } = parseRunOptions([...required, '--agent', 'custom:/opt/x acp --fast'], {});
    assert.deepEqual(agent, { id: 'custom', command: '/opt/x', args: ['acp', '--fast'] });
  });

  it('fetches an agent with the certificates the machine names, unless told otherwise', () => {
    const env = { NODE_EXTRA_CA_CERTS: '/etc/ca.pem' };
    assert.equal(parseRunOptions(required, env).network.caFile, '/etc/ca.pem');
    assert.equal(parseRunOptions([...required, '--ca-file', '/my.pem'], env).network.caFile, '/my.pem');
  });

  const wrong: readonly string[][] = [
    [],
    ['--workspace', '/w'],
    [...required, '--provider', 'acme'],
    [...required, '--agent', 'other'],
    [...required, '--max-usd', '0'],
    [...required, '--max-tokens', 'many'],
    [...required, '--mode', 'free'],
    [...required, '--agent', 'custom:'],
    [...required, '--agent', 'custom: '],
    [...required, '--build-network', 'bridge'],
    [...required, '--strategy', 'mount'],
    [...required, '--approve', 'some'],
    [...required, '--timeout', '0'],
    [...required, '--timeout', '1.5'],
    [...required, '--unknown'],
    [...required, 'stray'],
  ];
  for (const argv of wrong) {
    it(`refuses ${JSON.stringify(argv)}`, () => {
      assert.throws(
        () => parseRunOptions(argv, {}),
        (error) => error instanceof AirlockError && error.code === 'usage',
      );
    });
  }
});
