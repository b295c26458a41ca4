import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { type Listening, type ListenTimeouts, listenGateway } from '../../../src/gateway/listen.js';
import { anthropicBody, openGateway, type RawUpstream, startRawUpstream, waitFor } from './support.js';

const TOKEN = 'token-of-the-test';
/** After an answer, for a second one or for the end. */
const QUIET_MS = 150;
const length = Buffer.byteLength(anthropicBody);
const HOST = 'host: 127.0.0.1';
const AUTH = `authorization: Bearer ${TOKEN}`;
const LENGTH = `content-length: ${length}`;

const head = (line: string, ...headers: readonly string[]) => `${[line, ...headers].join('\r\n')}\r\n\r\n`;
const post = (path: string, ...headers: readonly string[]) =>
  head(`POST ${path} HTTP/1.1`, HOST, AUTH, ...headers) + anthropicBody;
const messages = (...headers: readonly string[]) => post('/v1/messages', ...headers);
const chunked = (body: string, ...headers: readonly string[]) =>
  head('POST /v1/messages HTTP/1.1', HOST, AUTH, 'transfer-encoding: chunked', ...headers) + body;

/** What is sent, and the statuses one of which must come back; `closed`: the connection ends without an answer. */
const rows: readonly [string, string, readonly (number | 'closed')[]][] = [
  ['no token', head('POST /v1/messages HTTP/1.1', HOST, LENGTH) + anthropicBody, [401]],
  ['a wrong token', head('POST /v1/messages HTTP/1.1', HOST, 'x-api-key: no', LENGTH) + anthropicBody, [401]],
  ['the token twice', messages(AUTH, LENGTH), [400]],
  [
    'two kinds of key',
    head('POST /v1/messages HTTP/1.1', HOST, AUTH, AUTH.replace(TOKEN, 'x'), LENGTH) + anthropicBody,
    [400],
  ],
  ['two hosts', messages('host: other', LENGTH), [400]],
  ['no host', head('POST /v1/messages HTTP/1.1', AUTH, LENGTH) + anthropicBody, [400]],
  ['two different lengths', messages(LENGTH, `content-length: ${length + 1}`), [400]],
  ['the same length twice', messages(LENGTH, LENGTH), [400]],
  ['a list of lengths', messages(`content-length: ${length}, ${length}`), [400]],
  ['a negative length', messages('content-length: -1'), [400]],
  ['a hexadecimal length', messages('content-length: 0x10'), [400]],
  ['a signed length', messages(`content-length: +${length}`), [400]],
  ['a length and chunks', chunked('0\r\n\r\n', LENGTH), [400]],
  ['an unknown transfer coding', messages('transfer-encoding: xchunked', LENGTH), [400]],
  ['a coding before chunked', messages('transfer-encoding: gzip, chunked'), [400]],
  ['chunked that is not last', messages('transfer-encoding: chunked, identity'), [400]],
  ['a chunk size that is no number', chunked('zz\r\n{}\r\n0\r\n\r\n'), [400]],
  ['a negative chunk size', chunked('-2\r\n{}\r\n0\r\n\r\n'), [400]],
  ['a chunk size that overflows', chunked('ffffffffffffffff1\r\n{}\r\n0\r\n\r\n'), [400]],
  ['a chunk longer than its size', chunked('2\r\n{}{}\r\n0\r\n\r\n'), [400]],
  ['chunks that are no JSON', chunked('2\r\n{{\r\n0\r\n\r\n'), [400]],
  ['a space before a colon', messages('x-thing : 1', LENGTH), [400]],
  ['a folded header', messages('x-thing: 1\r\n folded', LENGTH), [400]],
  [
    'a bare line feed in the head',
    `POST /v1/messages HTTP/1.1\n${HOST}\n${AUTH}\n${LENGTH}\n\n${anthropicBody}`,
    [400],
  ],
  ['a null byte in a header', messages('x-thing: a\u0000b', LENGTH), [400]],
  [
    'headers without end',
    messages(...Array.from({ length: 3000 }, (_, n) => `x-${n}: ${'y'.repeat(20)}`), LENGTH),
    [400, 431],
  ],
  ['an absolute target', post('http://evil.test/v1/messages', LENGTH), [400]],
  ['an absolute target of this very server', post('http://127.0.0.1/v1/messages', LENGTH), [400]],
  ['an asterisk as target', head('OPTIONS * HTTP/1.1', HOST, AUTH), [400]],
  ['CONNECT', head('CONNECT evil.test:443 HTTP/1.1', HOST, AUTH), ['closed', 400]],
  ['an upgrade', messages('connection: upgrade', 'upgrade: websocket', LENGTH), [400]],
  ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  ['HTTP/0.9', 'GET /v1/messages\r\n\r\n', [400, 401]],
  ['an unknown method', post('/v1/messages', LENGTH).replace('POST', 'BREW'), [400]],
  ['another method', post('/v1/messages', LENGTH).replace('POST', 'PUT'), [403]],
  ['an expectation', messages('expect: 100-continue', LENGTH), [417]],
  ['another expectation', messages('expect: 200-ok', LENGTH), [417]],
  ['an encoded path', post('/v1/%6dessages', LENGTH), [403]],
  ['a double-encoded path', post('/v1%252fmessages', LENGTH), [403]],
  ['dots in the path', post('/v1/x/../messages', LENGTH), [403]],
  ['two slashes', post('//v1/messages', LENGTH), [403]],
  ['a backslash', post('/v1\\messages', LENGTH), [403]],
  ['an unknown query', post('/v1/messages?key=x', LENGTH), [403]],
  ['a body that says it is compressed', messages('content-encoding: gzip', LENGTH), [415]],
  [
    'a body that is not UTF-8',
    `${head('POST /v1/messages HTTP/1.1', HOST, AUTH, 'content-length: 2')}\u00ff\u00fe`,
    [400],
  ],
  [
    'a body over the limit',
    head('POST /v1/messages HTTP/1.1', HOST, AUTH, 'content-length: 2000') + ' '.repeat(2000),
    [413],
  ],
  [
    'chunks over the limit',
    chunked(`${'3e8\r\n'}${' '.repeat(1000)}\r\n3e8\r\n${' '.repeat(1000)}\r\n0\r\n\r\n`),
    [413],
  ],
  ['too few bytes, then an end', messages(`content-length: ${length + 10}`), ['closed', 400]],
  ['no HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001', [400]],
];

const ignore = () => undefined;
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

describe('hostile requests to the gateway', () => {
  let upstream: RawUpstream;
  let server: Listening;

  async function open(timeouts: Partial<ListenTimeouts> = {}): Promise<void> {
    upstream = await startRawUpstream((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'),
    );
    const { gateway } = openGateway(upstream.url, {
      limits: { requestsPerMinute: 1000, concurrent: 100, totalRequests: 10_000, bodyBytes: 1500 },
    });

    server = await listenGateway({
      gateway,
      token: TOKEN,
      host: '127.0.0.1',
      port: 0,
      logger: silent,
      timeouts,
    });
  }
  afterEach(async () => {
    await server.close();
    await upstream.close();
  });

  for (const [title, request, expected] of rows) {
    it(`${title}: ${expected.join(' or ')}`, async () => {
      await open();
      const answer = await send(server.port, request, title.endsWith('then an end'));
      const status = answer === '' ? 'closed' : Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
      assert.ok(expected.includes(status), `${status}: ${answer.slice(0, 300)}`);
      assert.equal(upstream.received(), '', 'bytes reached the upstream');
    });
  }

  it('lets an ordinary request pass, in pieces, also inside a character', async () => {
    await open();
    const bytes = Buffer.from(messages(LENGTH, 'connection: close'));
    const socket = connect(server.port, '127.0.0.1');
    socket.setNoDelay(true);
    for (const byte of bytes) {
      socket.write(Buffer.from([byte]));
      await new Promise((done) => setImmediate(done));
    }
    assert.match(await readAll(socket), /^HTTP\/1\.1 200/);
    assert.ok(Buffer.from(upstream.received(), 'latin1').toString().endsWith(anthropicBody));
  });

  it('answers one request of two that were smuggled into one', async () => {
    await open();
    const inner = head('POST /v1/messages HTTP/1.1', HOST, 'content-length: 0');
    const answer = await send(server.port, messages(LENGTH) + inner);
    const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status);
    assert.deepEqual(statuses, ['200', '401']);
  });

  it('ends a head that never ends, and one that drips', async () => {
    await open({ headers: 300, request: 500 });
    const silent = connect(server.port, '127.0.0.1');
    const drip = connect(server.port, '127.0.0.1');
    drip.write('POST /v1/messages HTTP/1.1\r\n');
    const timer = setInterval(() => drip.write('x: y\r\n'), 50);
    drip.on('error', () => undefined);
    await Promise.all([readAll(silent), readAll(drip)]);
    clearInterval(timer);
    assert.equal(upstream.received(), '');
  });

  it('ends a body that drips', async () => {
    await open({ headers: 300, request: 600 });
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(head('POST /v1/messages HTTP/1.1', HOST, AUTH, 'content-length: 1000'));
    const timer = setInterval(() => socket.write(' '), 50);
    await readAll(socket);
    clearInterval(timer);
    assert.equal(upstream.received(), '');
  });

  it('serves an ordinary request beside a thousand idle connections', async () => {
    await open();
    const idle: Socket[] = [];
    for (let n = 0; n < 1000; n += 1) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      idle.push(socket);
    }
    // Over the bound they are dropped; when those within it go, there is room again.
    await waitFor(
      'the surplus to be dropped',
      () => idle.filter((socket) => socket.destroyed || socket.closed).length >= 700,
      10_000,
    );
    for (const socket of idle) socket.destroy();
    let answer = '';
    for (let n = 0; n < 20 && answer === ''; n += 1) {
      answer = await send(server.port, messages(LENGTH, 'connection: close'));
      if (answer === '') await new Promise((done) => setTimeout(done, 50));
    }
    assert.match(answer, /^HTTP\/1\.1 200/);
  });

  it('does not listen for others than this machine', async () => {
    await open();
    const { gateway } = openGateway(upstream.url);

    for (const host of ['0.0.0.0', '::', '192.168.0.1', 'localhost', 'example.org'])
      await assert.rejects(
        listenGateway({ gateway, token: TOKEN, host, port: 0, logger: silent }),
        /loopback/,
      );
    await gateway.close();
  });
});

/** Sends a request and reads what comes back, until the connection ends or nothing more comes. */
async function send(port: number, request: string, andEnd = false): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  const bytes = /[\u0080-\uffff]/.test(anthropicBody) && request.includes(anthropicBody) ? 'utf8' : 'latin1';
  socket.write(request, bytes);
  if (andEnd) socket.end();
  const text = await readAll(socket, QUIET_MS);
  socket.destroy();
  return text;
}

function readAll(socket: Socket, quietMs?: number): Promise<string> {
  let text = '';
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    let quiet: NodeJS.Timeout | undefined;
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (quietMs === undefined) return;
      clearTimeout(quiet);
      quiet = setTimeout(() => resolve(text), quietMs);
    });
    socket.once('end', () => resolve(text));
    socket.once('close', () => resolve(text));
  });
}
