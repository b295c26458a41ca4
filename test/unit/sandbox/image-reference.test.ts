import assert from 'node:assert/strict';
import { AirlockError } from '../../../src/base/errors.js';
import { DockerEngine } from '../../../src/sandbox/docker/docker-engine.js';
import { isImageReference } from '../../../src/sandbox/image-reference.js';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('image reference', () => {
  const good = [
    'node',
    'node:24-bookworm-slim',
    `node:24@${digest}`,
    `node@${digest}`,
    digest,
    'airlock-sandbox:0123456789ab',
    'airlock-agent-claude-code:dbf33e9ec308',
    'localhost:5000/a/b_c/d__e/f-g--h.i:T_a.g-1',
    'Registry.Example.com/team/image',
    '[2001:db8::1]:5000/image:1',
    'a'.repeat(255),
    `a:${'t'.repeat(128)}`,
  ];
  for (const text of good) it(`takes ${text.slice(0, 60)}`, () => assert.equal(isImageReference(text), true));

  const bad = [
    '',
    ' ',
    'Node',
    'a b',
    'a\n',
    '\na',
    'a\u0000',
    'a/../b',
    '../containers/x',
    '/a',
    'a/',
    'a//b',
    'a?force=true',
    'a#b',
    'a%2fb',
    'a:',
    'a:-tag',
    `a:${'t'.repeat(129)}`,
    'a@',
    'a@sha256:abc',
    `a@sha512:${'0'.repeat(128)}`,
    `a@${digest}@${digest}`,
    digest.toUpperCase(),
    '-a',
    'a-',
    '.a',
    'a___b',
    'a..b',
    '--privileged',
    '$(id)',
    'a;b',
    'ａ',
    '[::1]',
    'a'.repeat(256),
    'a'.repeat(1_000_000),
  ];
  for (const text of bad)
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => assert.equal(isImageReference(text), false));

  it('decides in time, however a name is made', () => {
    const began = performance.now();
    for (const part of ['a-', 'a_', 'a.', '-', 'a/', 'a:1/', '1.']) isImageReference(part.repeat(200));
    assert.ok(performance.now() - began < 200);
  });

  it('is asked of before an engine is', async () => {
    const engine = new DockerEngine();
    await assert.rejects(
      engine.findImage('../containers/abc'),
      (error) =>
        error instanceof AirlockError && error.code === 'image-missing' && /not the name/.test(error.what),
    );
    const build = { labels: {}, buildArgs: {}, network: 'none' as const, files: [] };
    const signal = new AbortController().signal;
    await assert.rejects(
      engine.buildImage({ ...build, tag: 'A b' }, () => undefined, signal),
      /not the name/,
    );
    await assert.rejects(
      engine.pullImage('a?x=1', () => undefined, signal),
      /not the name/,
    );
  });
});
