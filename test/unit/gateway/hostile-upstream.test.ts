import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import type { GatewayTimeouts } from '../../../src/gateway/gateway-types.js';
import { callGateway, chunk, KEY, openGateway, SSE_END, SSE_HEAD, startRawUpstream } from './support.js';

const LENGTH_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n';

interface Hostile {
  readonly name: string;
  answer(socket: Socket): void;
  readonly status: number;
  /** The response must not end cleanly. */
  readonly broken?: boolean;
  readonly timeouts?: Partial<GatewayTimeouts>;
}

const cases: Hostile[] = [
  ...[301, 302, 303, 307, 308].map((status) => ({
    name: `redirects with ${status}`,
    answer: (socket: Socket) =>
      void socket.end(`HTTP/1.1 ${status} X\r\nlocation: http://evil.test/\r\ncontent-length: 0\r\n\r\n`),
    status: 502,
  })),
  { name: 'closes without an answer', answer: (socket) => void socket.end(), status: 502 },
  { name: 'resets without an answer', answer: (socket) => void socket.resetAndDestroy(), status: 502 },
  { name: 'speaks no HTTP', answer: (socket) => void socket.end('SSH-2.0-x\r\n'), status: 502 },
  {
    name: 'sends oversized headers',
    answer: (socket) => void socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(64 * 1024)}\r\n\r\n{}`),
    status: 502,
  },
  {
    name: 'switches protocols',
    answer: (socket) => void socket.write('HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    status: 502,
  },
  {
    name: 'frames its body twice',
    answer: (socket) =>
      void socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
    status: 502,
  },
  {
    name: 'compresses',
    answer: (socket) =>
      void socket.end('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}'),
    status: 502,
  },
  { name: 'never answers', answer: () => undefined, status: 502, timeouts: { headers: 80 } },
  {
    name: 'cuts a body of known length',
    answer: (socket) => void socket.end(`${LENGTH_HEAD}{`),
    status: 200,
    broken: true,
  },
  {
    name: 'resets in the middle of a stream',
    answer: (socket) => void socket.write(SSE_HEAD + chunk('data: 1\n\n'), () => socket.resetAndDestroy()),
    status: 200,
    broken: true,
  },
  {
    name: 'ends a stream cleanly before its last event',
    answer: (socket) => void socket.end(`${SSE_HEAD}${chunk('data: 1\n\n')}0\r\n\r\n`),
    status: 200,
    broken: true,
  },
  {
    name: 'only mentions the last event in a text',
    answer: (socket) =>
      void socket.end(
        `${SSE_HEAD}${chunk('data: {"type":"x","text":"message_stop [DONE] \\"error\\""}\n\n')}0\r\n\r\n`,
      ),
    status: 200,
    broken: true,
  },
  {
    name: 'ends a stream without framing before its last event',
    answer: (socket) =>
      void socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n'),
    status: 200,
    broken: true,
  },
  {
    name: 'falls silent in the middle of a stream',
    answer: (socket) => void socket.write(SSE_HEAD + chunk('data: 1\n\n')),
    status: 200,
    broken: true,
    timeouts: { idle: 80 },
  },
  {
    name: 'sends the key back whole',
    answer: (socket) => void socket.end(`${SSE_HEAD}${chunk(`data: ${KEY}\n\n`)}${chunk(SSE_END)}0\r\n\r\n`),
    status: 200,
    broken: true,
  },
  {
    name: 'sends the key back in two pieces',
    answer: (socket) => {
      socket.write(SSE_HEAD + chunk(`data: ${KEY.slice(0, 20)}`));
      setTimeout(() => socket.end(`${chunk(`${KEY.slice(20)}\n\n`)}${chunk(SSE_END)}0\r\n\r\n`), 40);
    },
    status: 200,
    broken: true,
  },
  {
    name: 'sends the key back in a header',
    answer: (socket) =>
      void socket.end(`HTTP/1.1 200 OK\r\nrequest-id: a${KEY}b\r\ncontent-length: 2\r\n\r\n{}`),
    status: 200,
  },
];

describe('gateway against a hostile service', () => {
  for (const { name, answer, status, broken, timeouts } of cases) {
    it(`that ${name}`, async () => {
      const upstream = await startRawUpstream(answer);
      const { gateway, records, log } = openGateway(upstream.url, timeouts === undefined ? {} : { timeouts });
      const result = await callGateway(gateway);
      assert.equal(result.status, status);
      assert.equal(result.broken !== undefined, broken === true, `broken: ${result.broken?.message}`);
      assert.equal(records.length, 1);
      if (status === 502) assert.equal(JSON.parse(result.body.toString()).error.type, 'api_error');
      if (status === 502 || broken) assert.ok(records[0]?.error);
      const told = JSON.stringify([
        result.headers,
        result.body.toString(),
        records,
        log,
        result.broken?.message,
      ]);
      assert.ok(!told.includes(KEY), 'the key came through');
      assert.ok(!told.includes('evil.test'));
      await gateway.close();
      await upstream.close();
    });
  }

  it('that cannot be reached', async () => {
    const gone = await startRawUpstream(() => undefined);
    await gone.close();
    const { gateway, records } = openGateway(gone.url);
    const result = await callGateway(gateway);
    assert.equal(result.status, 502);
    assert.ok(!result.body.toString().includes(String(gone.port)), 'the address was told to the container');
    assert.match(records[0]?.error ?? '', /ECONNREFUSED/);
    await gateway.close();
  });

  it('that never finishes the TLS handshake', async () => {
    const upstream = await startRawUpstream(() => undefined);
    const baseUrl = upstream.url.replace('http:', 'https:');
    const { gateway, records } = openGateway(baseUrl, { timeouts: { connect: 80 } });
    assert.equal((await callGateway(gateway)).status, 502);
    assert.match(records[0]?.error ?? '', /the connection took longer than 80 ms/);
    assert.ok(!upstream.received().includes(KEY), 'the key went out in the clear');
    await gateway.close();
    await upstream.close();
  });

  it('that closes an idle connection: the next call uses a new one', async () => {
    const upstream = await startRawUpstream((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}', () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      );
    });
    const { gateway } = openGateway(upstream.url);
    for (let n = 0; n < 5; n += 1) {
      assert.equal((await callGateway(gateway)).status, 200);
      await new Promise((resolve) => setTimeout(resolve, 17 + n));
    }
    await gateway.close();
    await upstream.close();
  });

  it('passes on only the listed response headers', async () => {
    const upstream = await startRawUpstream((socket) =>
      socket.end(
        [
          'HTTP/1.1 200 OK',
          'content-type: application/json',
          'content-length: 2',
          'request-id: r1',
          'anthropic-ratelimit-requests-remaining: 3',
          'set-cookie: a=b',
          'location: http://evil.test',
          'server: x',
          'x-other: y',
          '\r\n{}',
        ].join('\r\n'),
      ),
    );
    const { gateway } = openGateway(upstream.url);
    assert.deepEqual((await callGateway(gateway)).headers, {
      'content-type': 'application/json',
      'request-id': 'r1',
      'anthropic-ratelimit-requests-remaining': '3',
    });
    await gateway.close();
    await upstream.close();
  });
});
