import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { DemuxedStream } from '../../../src/sandbox/docker/demux.js';

function frame(type: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = type;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

describe('engine attach stream', () => {
  let server: ReturnType<typeof createServer>;
  let engineEnd: Socket;
  let hostEnd: DemuxedStream;

  beforeEach(async () => {
    server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const socket = connect({ port: address.port, host: '127.0.0.1', allowHalfOpen: true });
    [engineEnd] = (await once(server, 'connection')) as [Socket];
    hostEnd = new DemuxedStream(socket);
  });

  afterEach(() => {
    hostEnd.destroy();
    engineEnd.destroy();
    server.close();
  });

  it('parts stdout from stderr, whatever the chunking', async () => {
    const bytes = Buffer.concat([
      frame(1, Buffer.from('one ')),
      frame(2, Buffer.from('warning')),
      frame(1, Buffer.alloc(0)),
      frame(1, Buffer.from('two')),
    ]);
    const out = text(hostEnd);
    const err = text(hostEnd.stderr);
    for (const byte of bytes) engineEnd.write(Buffer.of(byte));
    engineEnd.end();
    assert.equal(await out, 'one two');
    assert.equal(await err, 'warning');
  });

  it('carries a large frame under back-pressure without loss', async () => {
    const payload = Buffer.alloc(8 * 1024 * 1024, 'abcdefg');
    engineEnd.end(frame(1, payload));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok((await buffer(hostEnd)).equals(payload));
  });

  it('writes stdin as it is and half-closes', async () => {
    const received = text(engineEnd);
    hostEnd.write('in');
    hostEnd.end('put');
    assert.equal(await received, 'input');
  });

  it('closes when the program has ended and nobody reads any more', async () => {
    hostEnd.pause();
    engineEnd.end(frame(1, Buffer.from('unread')));
    const began = Date.now();
    await once(hostEnd, 'close');
    assert.ok(Date.now() - began < 10_000);
    assert.equal(hostEnd.readableEnded, false);
  }).timeout(15_000);
});
