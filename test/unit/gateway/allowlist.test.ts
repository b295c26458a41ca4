import assert from 'node:assert/strict';
import type { ProviderId } from '../../../src/gateway/provider.js';
import { anthropicBody, callGateway, openGateway, type RawUpstream, startRawUpstream } from './support.js';

describe('gateway allowlist', () => {
  let upstream: RawUpstream;
  before(async () => {
    upstream = await startRawUpstream((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'),
    );
  });
  after(() => upstream.close());

  const refused: [ProviderId, string, string][] = [
    ['anthropic', 'GET', '/v1/messages'],
    ['anthropic', 'PUT', '/v1/messages'],
    ['anthropic', 'post', '/v1/messages'],
    ['anthropic', 'POST', ''],
    ['anthropic', 'POST', '/'],
    ['anthropic', 'POST', 'v1/messages'],
    ['anthropic', 'POST', '/v1/messages/'],
    ['anthropic', 'POST', '//v1/messages'],
    ['anthropic', 'POST', '/v1//messages'],
    ['anthropic', 'POST', '/V1/messages'],
    ['anthropic', 'POST', '/v1/./messages'],
    ['anthropic', 'POST', '/v1/x/../messages'],
    ['anthropic', 'POST', '/v1/%6dessages'],
    ['anthropic', 'POST', '/v1%2fmessages'],
    ['anthropic', 'POST', '/v1\\messages'],
    ['anthropic', 'POST', '/v1/messages#x'],
    ['anthropic', 'POST', '/v1/messages;x=1'],
    ['anthropic', 'POST', '/v1/messages?'],
    ['anthropic', 'POST', '/v1/messages?beta=false'],
    ['anthropic', 'POST', '/v1/messages?beta=true&x=1'],
    ['anthropic', 'POST', '/v1/messages?beta=true?'],
    ['anthropic', 'POST', '/v1/messages?BETA=true'],
    ['anthropic', 'POST', '/v1/messages/batches'],
    ['anthropic', 'POST', '/v1/files'],
    ['anthropic', 'POST', '/v1/chat/completions'],
    ['anthropic', 'POST', '/v1/messages HTTP/1.1\r\nhost: evil'],
    ['anthropic', 'POST', 'http://evil.test/v1/messages'],
    ['anthropic', 'CONNECT', 'evil.test:443'],
    ['openai', 'GET', '/v1/models'],
    ['openai', 'POST', '/v1/messages'],
    ['openai', 'POST', '/v1/chat/completions?beta=true'],
    ['openai', 'POST', '/chat/completions'],
    ['openai', 'POST', '/v1/files'],
    ['openai', 'GET', '/v1/responses'],
    ['openai', 'POST', '/v1/responses?stream=true'],
    ['openai', 'POST', '/v1/responses/resp_1'],
    ['openai', 'POST', '/v1/responses/compact'],
    ['gemini', 'GET', '/v1beta/models'],
    ['gemini', 'GET', '/v1beta/models/gemini-2.5-pro:generateContent'],
    ['gemini', 'POST', '/v1beta/models/{model}:generateContent'],
    ['gemini', 'POST', '/v1beta/models/:generateContent'],
    ['gemini', 'POST', '/v1beta/models/..:generateContent'],
    ['gemini', 'POST', '/v1beta/models/../files:generateContent'],
    ['gemini', 'POST', '/v1beta/models/a/b:generateContent'],
    ['gemini', 'POST', '/v1beta/models/a%2fb:generateContent'],
    ['gemini', 'POST', '/v1beta/models/a:b:generateContent'],
    ['gemini', 'POST', '/v1beta/models/a:embedContent'],
    ['gemini', 'POST', '/v1beta/models/a:generateContent:generateContent'],
    ['gemini', 'POST', '/v1beta/models/a:generateContent?key=x'],
    ['gemini', 'POST', '/v1beta/models/a:streamGenerateContent'],
    ['gemini', 'POST', '/v1beta/models/a:streamGenerateContent?alt=json'],
    ['gemini', 'POST', '/v1beta/models/a:streamGenerateContent?alt=sse&key=x'],
    ['gemini', 'POST', '/v1/models/a:generateContent'],
    ['gemini', 'POST', '/upload/v1beta/files'],
  ];
  for (const [provider, method, path] of refused) {
    it(`${provider} refuses ${method} ${JSON.stringify(path)}`, async () => {
      const { gateway, records } = openGateway(upstream.url, { provider });
      const before = upstream.connections.length;
      const result = await callGateway(gateway, { method, path });
      assert.equal(result.status, 403);
      assert.match(result.body.toString(), /Airlock: .*it was not sent/);
      assert.equal(upstream.connections.length, before, 'the upstream was contacted');
      assert.equal(records[0]?.status, 403);
      assert.ok(!/[\r\n]/.test(records[0]?.path ?? ''), 'control characters in the record');
      await gateway.close();
    });
  }

  const allowed: [ProviderId, string][] = [
    ['anthropic', '/v1/messages'],
    ['anthropic', '/v1/messages?beta=true'],
    ['anthropic', '/v1/messages/count_tokens'],
    ['openai', '/v1/chat/completions'],
  ];
  for (const [provider, path] of allowed) {
    it(`${provider} lets POST ${path} out unchanged`, async () => {
      const { gateway } = openGateway(upstream.url, { provider });
      const before = upstream.received().length;
      const result = await callGateway(gateway, { path });
      assert.equal(result.status, 200);
      assert.ok(upstream.received().slice(before).startsWith(`POST ${path} HTTP/1.1\r\n`));
      await gateway.close();
    });
  }

  it('puts the prefix of the base URL before the path', async () => {
    const { gateway } = openGateway(`${upstream.url}/proxy/api/v1`, { provider: 'openai' });
    const before = upstream.received().length;
    await callGateway(gateway, { path: '/v1/chat/completions' });
    assert.match(upstream.received().slice(before), /^POST \/proxy\/api\/v1\/chat\/completions HTTP/);
    await gateway.close();
  });

  const badBodies: [string, Buffer, number][] = [
    ['no JSON', Buffer.from('hello'), 400],
    ['an array', Buffer.from('[1]'), 400],
    ['nothing', Buffer.from(''), 400],
    ['no model', Buffer.from('{"messages":[]}'), 400],
    ['invalid UTF-8', Buffer.from([...Buffer.from('{"model":"'), 0xff, ...Buffer.from('"}')]), 400],
    ['too many bytes', Buffer.from(JSON.stringify({ model: 'm', x: 'y'.repeat(3000) })), 413],
  ];
  for (const [name, body, status] of badBodies) {
    it(`refuses a body with ${name}`, async () => {
      const { gateway } = openGateway(upstream.url, {
        limits: { requestsPerMinute: 9, concurrent: 9, totalRequests: 9, bodyBytes: 2000 },
      });
      const before = upstream.connections.length;
      const result = await callGateway(gateway, { body });
      assert.equal(result.status, status);
      assert.equal(JSON.parse(result.body.toString()).type, 'error');
      assert.equal(upstream.connections.length, before);
      await gateway.close();
    });
  }

  it("forwards an allowlist of headers and the exact body, with our key in place of the caller's", async () => {
    const { gateway } = openGateway(upstream.url);
    const body = anthropicBody.replace('{', '{ \t\n');
    const before = upstream.received().length;
    await callGateway(gateway, {
      body,
      headers: {
        'content-type': 'text/plain',
        accept: 'text/event-stream',
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'tools-2024-04-04',
        'x-api-key': 'session-token',
        authorization: 'Bearer session-token',
        cookie: 'a=b',
        host: 'evil.test',
        'x-forwarded-for': '10.0.0.1',
        'user-agent': 'spy/1',
        'transfer-encoding': 'chunked',
        'content-length': '1',
        'accept-encoding': 'gzip',
        connection: 'close',
        te: 'trailers',
      },
    });
    const sent = upstream.received().slice(before);
    const [head = '', sentBody] = sent.split('\r\n\r\n');
    assert.equal(Buffer.from(sentBody ?? '', 'latin1').toString(), body);
    const headers = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => line.toLowerCase().split(/: (.*)/s, 2)),
    );
    assert.deepEqual(headers, {
      accept: 'text/event-stream',
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'tools-2024-04-04',
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'accept-encoding': 'identity',
      'user-agent': 'airlock',
      'x-api-key': 'sk-test-0123456789abcdefghijklmnop',
      host: `127.0.0.1:${upstream.port}`,
      connection: 'keep-alive',
    });
    await gateway.close();
  });

  it('drops a header value that could end the header early, and repeated ones', async () => {
    const { gateway } = openGateway(upstream.url);
    const before = upstream.received().length;
    await callGateway(gateway, {
      headers: { 'anthropic-version': 'a\r\nx-evil: 1', 'anthropic-beta': ['a', 'b'] },
    });
    assert.ok(!/x-evil|anthropic-/i.test(upstream.received().slice(before)));
    await gateway.close();
  });
});
