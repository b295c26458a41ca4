import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type * as http2 from 'node:http2';
import { resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { readBounded } from '../../../src/protocol/ndjson.js';
import { brokerTools } from '../../../src/protocol/tools.js';
import { ajv } from './support/ajv.js';
import { BridgeDriver } from './support/bridge-driver.js';

const shim = resolve('dist/guest/mcp.js');

describe('MCP broker over stdio', () => {
  let bridge: BridgeDriver;
  let client: Client;
  let transport: StdioClientTransport;

  beforeEach(async () => {
    bridge = new BridgeDriver();
    await bridge.ready;
    transport = new StdioClientTransport({
      command: process.execPath,
      args: [shim],
      env: { HOME: bridge.home, PATH: '/usr/bin:/bin' },
      stderr: 'pipe',
    });
    client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
  });
  afterEach(async () => {
    await client.close();
    await bridge.guest.stop();
    await rm(bridge.home, { recursive: true, force: true });
  });

  function answer(stream: http2.ServerHttp2Stream, result: Record<string, unknown>): void {
    stream.respond({ ':status': 200, 'content-type': 'application/x-ndjson' });
    stream.end(`${JSON.stringify({ type: 'result', ...result })}\n`);
  }

  it('lists the six tools with schemas and hints', async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      brokerTools,
    );
    for (const tool of tools) {
      ajv.compile(tool.inputSchema);
      assert.equal(tool.annotations?.openWorldHint, false);
      assert.ok(tool.description && tool.description.length > 10);
    }
    const [read] = tools;
    assert.equal(read?.annotations?.readOnlyHint, true);
    assert.deepEqual(read?.inputSchema.required, ['path']);
  });

  it('sends a call to the host, a path below its folder as one of the workspace', async () => {
    const asked: unknown[] = [];
    bridge.onCall(async (stream, headers) => {
      asked.push([headers[':path'], JSON.parse((await readBounded(stream, 1e6)).toString())]);
      answer(stream, { ok: true, text: 'line' });
    });
    const result = await client.callTool({
      name: 'sb_read_file',
      arguments: { path: '/home/agent/workspace/src/a.ts' },
    });
    assert.deepEqual(result.content, [{ type: 'text', text: 'line' }]);
    assert.equal(result.isError, false);
    assert.deepEqual(asked, [['/tools/read_file', { path: '/workspace/src/a.ts' }]]);
  });

  it('gives a denial to the model to read', async () => {
    bridge.onCall((stream) =>
      answer(stream, { ok: false, text: '', denied: { rule: 'unlisted', reason: 'curl is not listed' } }),
    );
    const result = await client.callTool({ name: 'sb_run_command', arguments: { command: 'curl x' } });
    assert.equal(result.isError, true);
    assert.match(JSON.stringify(result.content), /curl is not listed/);
  });

  it('sends nothing for an unknown tool or a wrong input', async () => {
    let calls = 0;
    bridge.onCall((stream) => {
      calls += 1;
      answer(stream, { ok: true, text: '' });
    });
    for (const params of [
      { name: 'read_file', arguments: { path: 'a' } },
      { name: 'sb_read_file', arguments: { path: 3 } },
      { name: 'sb_run_command', arguments: {} },
    ]) {
      const result = await client.callTool(params);
      assert.equal(result.isError, true, params.name);
    }
    assert.equal(calls, 0);
  });

  it('cancels the call on the host when the client does', async () => {
    const reset = new Promise<void>((done) => {
      bridge.onCall((stream) => {
        stream.respond({ ':status': 200 });
        stream.once('close', done);
      });
    });
    const stop = new AbortController();
    const call = client.callTool({ name: 'sb_run_command', arguments: { command: 'sleep 60' } }, undefined, {
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 200);
    await assert.rejects(call);
    await reset;
  });

  it('ends with the client, and its calls with it', async () => {
    const reset = new Promise<void>((done) => {
      bridge.onCall((stream) => {
        stream.respond({ ':status': 200 });
        stream.once('close', done);
      });
    });
    const call = client.callTool({ name: 'sb_run_command', arguments: { command: 'sleep 60' } });
    call.catch(() => undefined);
    await new Promise((done) => setTimeout(done, 200));
    await client.close();
    await reset;
  });
});

describe('MCP broker over HTTP', () => {
  let bridge: BridgeDriver;
  beforeEach(async () => {
    bridge = new BridgeDriver();
    await bridge.ready;
  });
  afterEach(async () => {
    await bridge.guest.stop();
    await rm(bridge.home, { recursive: true, force: true });
  });

  const url = () => new URL(`http://127.0.0.1:${bridge.port}/mcp`);

  async function connect(): Promise<Client> {
    const headers = { authorization: `Bearer ${bridge.token}` };
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(url(), { requestInit: { headers } }) as Transport);
    return client;
  }

  it('lists the tools and carries a call to the host', async () => {
    bridge.onCall((stream) => {
      stream.respond({ ':status': 200 });
      stream.end(`${JSON.stringify({ type: 'result', ok: true, text: 'found' })}\n`);
    });
    const client = await connect();
    const { tools } = await client.listTools();
    assert.equal(tools.length, 6);
    const result = await client.callTool({ name: 'sb_search', arguments: { pattern: 'x' } });
    assert.match(JSON.stringify(result.content), /found/);
    await client.close();
  });

  it('cancels the call on the host when the client does', async () => {
    const reset = new Promise<void>((done) => {
      bridge.onCall((stream) => {
        stream.respond({ ':status': 200 });
        stream.once('close', done);
      });
    });
    const client = await connect();
    const stop = new AbortController();
    const params = { name: 'sb_run_command', arguments: { command: 'sleep 60' } };
    const call = client.callTool(params, undefined, { signal: stop.signal });
    setTimeout(() => stop.abort(), 200);
    await assert.rejects(call);
    await reset;
    await client.close();
  });

  it('admits nobody without the token, and bounds what it takes', async () => {
    const post = (headers: Record<string, string>, body: string) =>
      fetch(url(), { method: 'POST', headers, body });
    assert.equal((await post({}, '{}')).status, 401);
    const authorization = `Bearer ${bridge.token}`;
    assert.equal((await post({ authorization }, 'no json')).status, 400);
    assert.equal((await post({ authorization, 'mcp-session-id': 'x' }, '{}')).status, 404);
    const clients = [];
    for (let n = 0; n < 17; n += 1) clients.push(await connect());
    // The oldest has made room.
    await assert.rejects(clients[0]?.listTools() ?? Promise.resolve(), /no such MCP session/);
    assert.equal((await clients[16]?.listTools())?.tools.length, 6);
    for (const client of clients) await client.close();
  });
});

describe('MCP broker without a bridge', () => {
  it('fails with a reason, so that no agent runs on without tools', async () => {
    const { spawn } = await import('node:child_process');
    const child = spawn(process.execPath, [shim], { env: { HOME: '/nonexistent' }, stdio: 'pipe' });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const [status] = await once(child, 'exit');
    assert.equal(status, 1);
    assert.match(errors, /airlock broker: .*bridge\.json/);
  });

  it('ends at a message without end', async () => {
    const { boundLines } = await import('../../../src/guest/mcp/bound-lines.js');
    const lines = boundLines(10);
    lines.write('123456789\n123');
    lines.resume();
    const failed = once(lines, 'error');
    lines.write('45678901');
    const [error] = await failed;
    assert.match(String(error), /longer than 10 bytes/);
  });
});
