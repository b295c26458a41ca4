import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { loadPreset } from '../../../src/policy/presets/index.js';
import { limits } from '../../../src/protocol/limits.js';
import { readLines } from '../../../src/protocol/ndjson.js';
import { initReply, type ToolReply, toolReply } from '../../../src/protocol/tool-proxy.js';
import { openPolicy, ProxyDriver, toLine } from './support/proxy-driver.js';

describe('tool proxy: road', function () {
  this.timeout(20_000);
  let proxy: ProxyDriver;
  const at = (name: string) => path.join(proxy.folder, name);
  beforeEach(() => {
    proxy = new ProxyDriver();
  });
  afterEach(() => proxy.stop());

  it('refuses everything before init, and a second init', async () => {
    for (const route of ['/tool', '/collect', '/fetch', '/absent', '/mask', '/import', '/other']) {
      const { status, body } = await proxy.post(route, {});
      assert.equal(status, 409, route);
      assert.match(JSON.parse(body.toString()).error, /not ready/);
    }
    const reply = await proxy.init();
    assert.equal(initReply.parse(JSON.parse(reply.body.toString())).uid, process.getuid?.());
    assert.equal((await proxy.init()).status, 409);
    assert.equal((await proxy.post('/other', {})).status, 404);
  });

  it('runs no tool under a policy that is none', async () => {
    await proxy.init({ policy: { version: 1, commands: 7 } });
    const result = await proxy.tool('list_directory', {});
    assert.equal(result.ok, false);
    assert.match(result.text, /policy cannot be used/);
  });

  it('survives malformed and oversized requests', async () => {
    assert.equal((await proxy.post('/init', '{')).status, 400);
    await proxy.init();
    assert.equal((await proxy.post('/tool', 'not json')).status, 400);
    assert.equal((await proxy.post('/tool', { kind: 'call', id: 0, call: {} })).status, 400);
    assert.equal((await proxy.post('/tool', { kind: 'other', id: 1 })).status, 400);
    assert.equal((await proxy.post('/fetch', { path: '' })).status, 400);
    assert.equal((await proxy.post('/tool', `"${'x'.repeat(limits.jsonBytes)}"`)).status, 413);
    for (const call of [null, {}, { tool: 'shell', input: {} }, { tool: 'read_file', input: { path: 7 } }]) {
      const { status, body } = await proxy.post('/tool', { kind: 'call', id: 1, call });
      assert.equal(status, 200);
      assert.match(JSON.parse(body.toString()).event.text, /invalid tool call/);
    }
  });

  it('runs the calls of one stream side by side, and cancels one of them alone', async () => {
    await proxy.init();
    const stream = proxy.open('/tool');
    const call = (id: number, command: string) =>
      stream.write(toLine({ kind: 'call', id, call: { tool: 'run_command', input: { command } } }));
    call(1, 'sleep 30');
    call(2, 'printf two');
    const replies: ToolReply[] = [];
    for await (const line of readLines(stream)) {
      const reply = toolReply.parse(JSON.parse(line));
      replies.push(reply);
      if (reply.event.type !== 'result') continue;
      if (reply.id === 2) stream.end(toLine({ kind: 'cancel', id: 1 }));
    }
    const results = replies.filter(({ event }) => event.type === 'result');
    assert.deepEqual(
      results.map(({ id, event }) => [id, event.type === 'result' && event.end?.reason]),
      [
        [2, 'exited'],
        [1, 'cancelled'],
      ],
    );
    assert.deepEqual(
      replies.filter(({ event }) => event.type === 'output').map(({ id, event }) => [id, event.text]),
      [[2, 'two']],
    );
  });

  it('takes no two calls of one number, and cancels all calls of a stream that it gives up', async () => {
    await proxy.init();
    const command = 'sleep 30; touch after';
    const line = toLine({ kind: 'call', id: 1, call: { tool: 'run_command', input: { command } } });
    const { status, body } = await proxy.send('/tool', Readable.from([line, line]));
    assert.equal(status, 409);
    assert.match(JSON.parse(body.toString()).error, /call 1 is running/);
    assert.equal((await proxy.run('sleep 0.2; ls')).text, '(no output)');
  });

  it('asks the policy again, also about what a link leads to', async () => {
    await proxy.init({
      policy: {
        ...openPolicy,
        files: { read: { denied: ['secret/**'] }, write: { allowed: false } },
        anyCommand: false,
      },
    });
    mkdirSync(at('secret'));
    writeFileSync(at('secret/key'), 'k');
    writeFileSync(at('plain'), 'p');
    symlinkSync('secret/key', at('innocent'));
    assert.equal((await proxy.tool('read_file', { path: 'plain' })).text, 'p');
    for (const [tool, input] of [
      ['read_file', { path: 'secret/key' }],
      ['read_file', { path: 'innocent' }],
      ['write_file', { path: 'x', content: '' }],
      ['run_command', { command: 'id' }],
      ['run_command', { command: 'echo $(id)' }],
    ] as const) {
      const result = await proxy.tool(tool, input);
      assert.equal(result.ok, false);
      assert.ok(result.denied && result.denied.rule !== '', `${tool}: ${result.text}`);
    }
    assert.equal(existsSync(at('x')), false);
  });

  it('stops where a word that only now is known needs consent nobody was asked for', async () => {
    await proxy.init({ policy: loadPreset('developer') });
    writeFileSync(at('name'), 'unheard-of');
    const { ok, denied, text } = await proxy.tool('run_command', {
      command: 'echo before; npx ts$(cat name); touch after',
    });
    assert.deepEqual([ok, denied?.rule], [false, 'npx']);
    assert.match(text, /^before\n/);
    assert.equal(existsSync(at('after')), false);
  });

  it('sends a file’s exact bytes and nothing that is reached through a link', async () => {
    await proxy.init();
    const bytes = Buffer.alloc(3_000_000, 'ab\0');
    mkdirSync(at('dir'));
    writeFileSync(at('dir/f'), bytes);
    writeFileSync(at('empty'), '');
    symlinkSync('dir', at('link'));
    symlinkSync('dir/f', at('file-link'));
    const answer = await proxy.post('/fetch', { path: 'dir/f' });
    assert.equal(answer.headers['airlock-size'], '3000000');
    assert.ok(answer.body.equals(bytes));
    assert.equal((await proxy.post('/fetch', { path: 'empty' })).body.length, 0);
    for (const name of ['link/f', 'file-link', 'dir', 'none']) {
      assert.equal((await proxy.post('/fetch', { path: name })).status, 404, name);
    }
    for (const name of ['../x', '/etc/passwd', 'dir//f', 'dir/../empty', 'a\0']) {
      assert.equal((await proxy.post('/fetch', { path: name })).status, 400, name);
    }
  });

  it('refuses to send a file over the bound', async () => {
    await proxy.init();
    writeFileSync(at('big'), '');
    const { truncate } = await import('node:fs/promises');
    await truncate(at('big'), limits.changeFileBytes + 1);
    assert.equal((await proxy.post('/fetch', { path: 'big' })).status, 413);
  });

  it('tells which paths are absent, where below a link counts as absent', async () => {
    await proxy.init();
    mkdirSync(at('d/e'), { recursive: true });
    writeFileSync(at('d/e/f'), '');
    symlinkSync('d', at('l'));
    symlinkSync('nowhere', at('dangling'));
    const paths = ['d/e/f', 'd', 'd/x', 'l', 'l/e/f', 'dangling', 'd/e/f/g', 'no/where'];
    const { body } = await proxy.post('/absent', { paths });
    assert.deepEqual(JSON.parse(body.toString()), { paths: ['d/x', 'l/e/f', 'd/e/f/g', 'no/where'] });
    assert.equal((await proxy.post('/absent', { paths: ['../x'] })).status, 400);
  });

  it('masks files and links read-only, and reports what it cannot mask', async () => {
    await proxy.init();
    writeFileSync(at('.env'), 'SECRET=1');
    writeFileSync(at('target'), 'untouched');
    symlinkSync('target', at('.npmrc'));
    mkdirSync(at('dir.pem'));
    symlinkSync('/tmp', at('out'));
    const files = ['.env', '.npmrc', 'dir.pem', 'out/x', '../y', 'none/z'].map((name) => ({
      path: name,
      content: 'masked',
    }));
    const { failed } = JSON.parse((await proxy.post('/mask', { files })).body.toString());
    assert.deepEqual(
      failed.map((item: { path: string }) => item.path),
      ['dir.pem', 'out/x', '../y', 'none/z'],
    );
    for (const name of ['.env', '.npmrc']) {
      assert.equal(readFileSync(at(name), 'utf8'), 'masked');
      assert.equal(statSync(at(name)).mode & 0o777, 0o444);
    }
    assert.equal(readFileSync(at('target'), 'utf8'), 'untouched');
  });

  it('refuses an import into a workspace that is not empty, and a second one', async () => {
    await proxy.init();
    writeFileSync(at('there'), '');
    assert.equal((await proxy.send('/import', Readable.from([Buffer.alloc(1024)]))).status, 409);
    assert.deepEqual(readdirSync(proxy.folder), ['there']);
  });

  it('writes nothing but HTTP/2 to stdout and nothing to stderr', async () => {
    await proxy.init();
    await proxy.run('echo hello');
    assert.equal(proxy.guest.errors(), '');
  });

  it('ends when stdin ends', async () => {
    assert.equal(await proxy.guest.stop(), 0);
  });
});
