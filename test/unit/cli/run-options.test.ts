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

  const wrong: readonly string[][] = [
    [],
    ['--workspace', '/w'],
    [...required, '--provider', 'acme'],
    [...required, '--agent', 'other'],
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
