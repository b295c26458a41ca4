import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as http2 from 'node:http2';
import { connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { protocolVersion } from '../../../src/protocol/road.js';
import { type BridgeHandlers, serveBridge } from '../../../src/session/roads/bridge-server.js';

describe('road from the bridge', () => {
  let client: http2.ClientHttp2Session;
  let close: () => void;

  async function open(handlers: Partial<BridgeHandlers>): Promise<void> {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    assert.ok(address !== null && typeof address === 'object');
    const socket = connect(address.port, '127.0.0.1');
    const [accepted] = (await once(listener, 'connection')) as [Socket];
    listener.close();
    const server = serveBridge(accepted, {
      onAgent: () => undefined,
      onAgentStderr: () => undefined,
      onSelfTest: () => undefined,
      onAgentStart: async () => undefined,
      onAgentProcess: () => undefined,
      onAgentExit: () => false,
      onTool: async () => undefined,
      onModel: async () => undefined,
      onFailure: () => undefined,
      ...handlers,
    });
    client = http2.connect('http://host', { createConnection: () => socket });
    client.on('error', () => undefined);
    close = () => {
      client.destroy();
      server.close();
    };
  }
  afterEach(() => close());

  async function post(path: string, body: string, more = {}): Promise<{ status: number; body: string }> {
    const stream = client.request({ ':method': 'POST', ':path': path, ...more });
    stream.end(body);
    const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(stream, 'end');
    return { status: Number(headers[':status']), body: Buffer.concat(chunks).toString() };
  }

  it('takes one agent, from a bridge of its own version only', async () => {
    let agents = 0;
    await open({
      onAgent: (stdio) => {
        agents += 1;
        stdio.end('hi');
      },
    });
    assert.equal((await post('/agent/stdio', '')).status, 400);
    assert.equal((await post('/agent/stdio', '', { 'airlock-version': '0' })).status, 400);
    assert.equal(agents, 0);
    const own = { 'airlock-version': protocolVersion };
    assert.deepEqual(await post('/agent/stdio', '', own), { status: 200, body: 'hi' });
    assert.equal((await post('/agent/stdio', '', own)).status, 400);
    assert.equal(agents, 1);
  });

  for (const path of ['/', '/tools', '/llm', '/agent', '/agent/other', '/hello']) {
    it(`refuses ${path}`, async () => {
      await open({});
      assert.equal((await post(path, '{}')).status, 400);
    });
  }

  it('hands on a tool call and streams its answer', async () => {
    await open({
      onTool: async ({ tool, body, respond }) => {
        const answer = respond();
        answer.write(`${tool} `);
        answer.end(body);
      },
    });
    assert.deepEqual(await post('/tools/search', '{"a":1}'), { status: 200, body: 'search {"a":1}' });
  });

  it('never lets an answer that broke off look whole', async () => {
    await open({
      onModel: async ({ respond }) => {
        const answer = respond(200, { 'content-type': 'text/event-stream' });
        answer.write('data: half');
        setTimeout(() => answer.destroy(new Error('upstream broke')), 20);
      },
    });
    const stream = client.request({ ':method': 'POST', ':path': '/llm/v1/messages' });
    stream.end('{}');
    await assert.rejects(text(stream));
  });

  it('tells the handler when the caller gives up', async () => {
    let aborted: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    await open({
      onModel: async ({ signal, respond }) => {
        respond(200, {}).write('x');
        signal.addEventListener('abort', aborted);
      },
    });
    const stream = client.request({ ':method': 'POST', ':path': '/llm/v1/messages' });
    stream.on('error', () => undefined);
    stream.end('{}');
    await once(stream, 'response');
    stream.close(http2.constants.NGHTTP2_CANCEL);
    await seen;
  });

  it('reports that the bridge went away', async () => {
    const failed = new Promise<void>((resolve) => {
      void open({ onFailure: () => resolve() }).then(() => client.destroy());
    });
    await failed;
  });

  it('takes one self-test, and refuses the bridge when the host does', async () => {
    const facts = { files: {}, attempts: {}, interfaces: [], sizes: {}, timerMs: 1, tookMs: 1 };
    let taken = 0;
    await open({
      onSelfTest: () => {
        taken += 1;
        throw new Error('no sandbox');
      },
    });
    assert.equal((await post('/self-test', JSON.stringify(facts))).status, 400);
    assert.equal((await post('/self-test', JSON.stringify(facts))).status, 400);
    assert.equal(taken, 1);
  });
});
