import assert from 'node:assert/strict';
import { AirlockError } from '../../../src/base/errors.js';
import { parseBaseUrl } from '../../../src/gateway/base-url.js';

describe('base URL', () => {
  const good: [string, string, number, string][] = [
    ['https://api.anthropic.com', 'api.anthropic.com', 443, ''],
    ['https://api.openai.com/v1', 'api.openai.com', 443, ''],
    ['https://openrouter.ai/api/v1/', 'openrouter.ai', 443, '/api'],
    ['https://host.test:8443/a/b', 'host.test', 8443, '/a/b'],
    ['http://127.0.0.1:8080', '127.0.0.1', 8080, ''],
    ['http://127.9.9.9', '127.9.9.9', 80, ''],
    ['http://localhost:1', 'localhost', 1, ''],
    ['http://[::1]:2', '::1', 2, ''],
    ['  https://a.test/  ', 'a.test', 443, ''],
  ];
  for (const [text, hostname, port, prefix] of good) {
    it(`takes ${text}`, () => {
      const { loopback, protocol, ...rest } = parseBaseUrl(text);
      assert.deepEqual(rest, { hostname, port, prefix });
      assert.equal(loopback, protocol === 'http:');
    });
  }

  const bad = [
    '',
    'api.anthropic.com',
    'http://api.anthropic.com',
    'http://localhost.evil.test',
    'http://127.0.0.1.evil.test',
    'http://0.0.0.0',
    'http://10.0.0.1',
    'http://[::ffff:10.0.0.1]',
    'ftp://a.test',
    'file:///etc/passwd',
    'unix:///var/run/docker.sock',
    'https://user:pw@a.test',
    'https://user@a.test',
    'https://a.test?x=1',
    'https://a.test/?',
    'https://a.test#x',
    'https://a.test/a/../b',
    'https://a.test/./b',
    'https://a.test/a//b',
    'https://a.test/%2e%2e/b',
    'https://a.test/%61',
    'https://a.test\\b',
    'https://a.test/a b',
    'https://a.tést/',
    'https://a.test/\u202e',
  ];
  for (const text of bad) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseBaseUrl(text),
        (error) => error instanceof AirlockError && error.code === 'upstream-refused',
      );
    });
  }
});
