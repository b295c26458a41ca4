import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ModelServer, startModelServer } from '../../model-server/server.js';

const KEY = 'sk-the-real-key';
const TOKEN = 'the-token-of-clients';

describe('airlock gateway', () => {
  let dir: string;
  let model: ModelServer;
  let child: ChildProcessWithoutNullStreams | undefined;
  let output = '';

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-gateway-'));
    await writeFile(join(dir, 'key'), `${KEY}\n`, { mode: 0o600 });
    await writeFile(join(dir, 'token'), `${TOKEN}\n`, { mode: 0o600 });
    model = await startModelServer({ script: [[{ text: 'hello' }]], expectKey: KEY });
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    child = undefined;
    await model.close();
    await rm(dir, { recursive: true, force: true });
  });

  function start(changes: Readonly<Record<string, string>> = {}): ChildProcessWithoutNullStreams {
    const options = {
      '--provider': 'anthropic',
      '--upstream': model.url,
      '--listen': '127.0.0.1:0',
      '--token-file': join(dir, 'token'),
      '--key-file': join(dir, 'key'),
      ...changes,
    };
    output = '';
    child = spawn(process.execPath, ['dist/cli.js', 'gateway', '--json', ...Object.entries(options).flat()]);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    return child;
  }

  async function listening(): Promise<string> {
    const { stdout } = start();
    while (!output.includes('\n')) await once(stdout, 'data');
    return (JSON.parse(output.split('\n')[0] ?? '') as { address: string }).address;
  }

  const ask = (address: string, key: string) =>
    fetch(`${address}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
      body: JSON.stringify({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] }),
    });

  it('serves who has the token, with the real key, which it tells nobody, and ends when interrupted', async () => {
    const address = await listening();
    const answer = await ask(address, TOKEN);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /hello/);
    assert.equal((await ask(address, KEY)).status, 401);
    assert.equal(model.requests.length, 1);
    assert.equal(model.requests[0]?.headers['x-api-key'], KEY);
    const running = child;
    running?.kill('SIGTERM');
    const [status] = await once(running ?? process, 'exit');
    assert.equal(status, 0);
    const [, record] = output.split('\n');
    assert.equal(JSON.parse(record ?? '').type, 'model-call');
    assert.ok(!output.includes(KEY) && !output.includes(TOKEN));
  });

  const wrong: readonly [string, Readonly<Record<string, string>>, RegExp][] = [
    ['an address of the network', { '--listen': '0.0.0.0:0' }, /loopback/],
    ['no number', { '--concurrent': '0' }, /whole number/],
    ['no port', { '--listen': '127.0.0.1' }, /address and a port/],
    ['another provider', { '--provider': 'acme' }, /--provider must be one of/],
    [
      'an upstream without TLS',
      { '--upstream': 'http://example.org' },
      /http would send your key in the clear/,
    ],
    ['a key file that is not there', { '--key-file': '/nonexistent' }, /cannot be read/],
    ['a device as a key file', { '--key-file': '/dev/null' }, /regular file/],
  ];
  for (const [title, changes, message] of wrong) {
    it(`refuses ${title}`, async () => {
      const [status] = await once(start(changes), 'close');
      assert.equal(status, 2);
      assert.match(output, message);
    });
  }

  it('refuses a key that others can read, and an empty one', async () => {
    await chmod(join(dir, 'key'), 0o644);
    await once(start(), 'close');
    assert.match(output, /can be read by others/);
    await writeFile(join(dir, 'empty'), ' \n', { mode: 0o600 });
    await once(start({ '--token-file': join(dir, 'empty'), '--key-file': join(dir, 'token') }), 'close');
    assert.match(output, /is empty/);
  });
});
