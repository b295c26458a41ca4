import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import type { ScriptInput } from '../../model-server/script.js';
import { type ModelServer, startModelServer } from '../../model-server/server.js';
import {
  anthropicBody,
  callGateway,
  chunk,
  KEY,
  openGateway,
  SSE_END,
  SSE_HEAD,
  startRawUpstream,
  waitFor,
} from './support.js';

const openaiBody = JSON.stringify({
  model: 'gpt-test',
  stream: true,
  stream_options: { include_usage: true },
  messages: [{ role: 'user', content: 'hi' }],
});

const responsesBody = JSON.stringify({ model: 'gpt-test', stream: true, input: 'hi' });
const geminiBody = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'hi' }] }] });

describe('gateway relay', () => {
  let model: ModelServer;
  async function serve(script: ScriptInput): Promise<string> {
    model = await startModelServer({ script, expectKey: KEY });
    return model.url;
  }
  afterEach(() => model?.close());

  for (const [provider, path, body] of [
    ['anthropic', '/v1/messages', anthropicBody],
    ['openai', '/v1/chat/completions', openaiBody],
    ['openai', '/v1/responses', responsesBody],
    ['gemini', '/v1beta/models/gemini-test:streamGenerateContent?alt=sse', geminiBody],
  ] as const) {
    it(`${provider} ${path}: passes a stream byte for byte and reads its usage`, async () => {
      const url = await serve([
        [{ text: 'Grüße, 世界 👋 '.repeat(40) }, { tool: 'read_file', input: { path: 'ä' } }],
      ]);
      const { gateway, records } = openGateway(url, { provider });
      const direct = await fetch(url + path, {
        method: 'POST',
        body,
        headers: {
          'x-api-key': KEY,
          'x-goog-api-key': KEY,
          authorization: `Bearer ${KEY}`,
          'anthropic-version': '2023-06-01',
        },
      });
      const expected = await direct.text();
      const result = await callGateway(gateway, { path, body });
      assert.equal(result.status, 200);
      assert.equal(result.broken, undefined);
      assert.match(result.headers['content-type'] ?? '', /^text\/event-stream/);
      assert.equal(unstamp(result.body.toString()), unstamp(expected));
      const [record] = records;
      assert.equal(record?.model, JSON.parse(body).model ?? 'gemini-test');
      assert.equal(record?.bytesIn, Buffer.byteLength(body));
      assert.equal(record?.bytesOut, result.body.length);
      assert.ok((record?.inputTokens ?? 0) > 0 && (record?.outputTokens ?? 0) > 10);
      assert.equal(record?.error, undefined);
      await gateway.close();
    });

    it(`${provider} ${path}: breaks the response when the stream is cut`, async () => {
      const url = await serve([[{ text: 'hello there '.repeat(20) }, { cutAfterBytes: 700 }]]);
      const { gateway, records } = openGateway(url, { provider });
      const cut = await callGateway(gateway, { path, body });
      assert.equal(cut.status, 200);
      assert.ok(cut.body.length > 0 && cut.body.length <= 700);
      assert.ok(cut.broken, 'the response ended cleanly');
      assert.ok(records[0]?.error);
      await gateway.close();
    });
  }

  it('passes a whole JSON answer and reads its usage', async () => {
    const { gateway, records } = openGateway(await serve([[{ text: 'hi' }]]));
    const body = anthropicBody.replace('"stream":true', '"stream":false');
    const result = await callGateway(gateway, { body });
    assert.equal(JSON.parse(result.body.toString()).content[0].text, 'hi');
    assert.ok(records[0]?.outputTokens);
    await gateway.close();
  });

  it("passes the service's errors with their headers", async () => {
    const { gateway, records } = openGateway(
      await serve([[{ status: 429, error: 'slow down', retryAfter: 7 }]]),
    );
    const result = await callGateway(gateway);
    assert.equal(result.status, 429);
    assert.equal(result.headers['retry-after'], '7');
    assert.match(result.body.toString(), /slow down/);
    assert.equal(records[0]?.status, 429);
    await gateway.close();
  });

  it('lets a stream end after an error event', async () => {
    const { gateway } = openGateway(await serve([[{ text: 'a' }, { status: 529, error: 'overloaded' }]]));
    const result = await callGateway(gateway);
    assert.match(result.body.toString(), /event: error\n.*overloaded/);
    assert.equal(result.broken, undefined);
    await gateway.close();
  });

  it('passes each piece on before the next one exists', async () => {
    const upstream = await startRawUpstream((socket) => socket.write(SSE_HEAD + chunk('data: {"n":1}\n\n')));
    const { gateway } = openGateway(upstream.url);
    const out = new PassThrough();
    const call = callGateway(gateway, { out });
    const first = await new Promise<Buffer>((resolve) => out.once('data', resolve));
    assert.equal(first.toString(), 'data: {"n":1}\n\n');
    upstream.connections[0]?.write(`${chunk(SSE_END)}0\r\n\r\n`);
    out.resume();
    assert.equal((await call).broken, undefined);
    await gateway.close();
    await upstream.close();
  });

  it('holds the service back when the container does not read', async () => {
    const piece = chunk(`data: ${'x'.repeat(64 * 1024)}\n\n`);
    let written = 0;
    let stopped = false;
    const upstream = await startRawUpstream((socket) => {
      socket.write(SSE_HEAD);
      const more = () => {
        while (!stopped && written < 256 * 1024 * 1024) {
          written += piece.length;
          if (!socket.write(piece)) return socket.once('drain', more);
        }
      };
      more();
    });
    const { gateway } = openGateway(upstream.url);
    const out = new PassThrough();
    const call = callGateway(gateway, { out });
    let last = -1;
    await waitFor('the upstream to stall', () => {
      const still = written === last && written > 0;
      last = written;
      return still;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(written, last, 'the upstream went on');
    assert.ok(written < 64 * 1024 * 1024, `${written} bytes were taken without a reader`);
    stopped = true;
    out.destroy();
    await call;
    await gateway.close();
    await upstream.close();
  });

  it('ends the request to the service when the container gives up: before the answer and in its middle', async () => {
    for (const answer of ['', SSE_HEAD + chunk('data: 1\n\n')]) {
      const upstream = await startRawUpstream((socket) => socket.write(answer));
      const { gateway, records } = openGateway(upstream.url);
      const controller = new AbortController();
      const call = callGateway(gateway, { signal: controller.signal });
      await waitFor('the request', () => upstream.received().length > 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
      controller.abort();
      await call;
      await waitFor('the close', () => upstream.connections[0]?.destroyed === true);
      assert.ok(records[0]?.error);
      await gateway.close();
      await upstream.close();
    }
  });

  it('gives up a request body that never comes', async () => {
    const { gateway, records } = openGateway('http://127.0.0.1:9', { timeouts: { body: 50 } });
    const result = await callGateway(gateway, { body: new Readable({ read: () => undefined }) });
    assert.equal(result.status, 0);
    assert.match(records[0]?.error ?? '', /request body took longer/);
    await gateway.close();
  });

  it('close() ends the calls in flight', async () => {
    const { gateway } = openGateway(await serve([[{ text: 'a' }, { hang: true }]]));
    const call = callGateway(gateway);
    await waitFor('the request', () => model.requests.length === 1);
    await gateway.close();
    // Before the answer's head came, the call is refused; after it, cut off.
    const { broken, status } = await call;
    assert.ok(broken !== undefined || status >= 500, `status ${status}`);
  });
});

/** OpenAI chunks carry the second they were made in. */
function unstamp(text: string): string {
  return text.replace(/"(created|created_at)":\d+/g, '"$1":0');
}
