import type { Socket } from 'node:net';
import { Duplex, PassThrough, type Readable } from 'node:stream';

const HEADER_BYTES = 8;
const STDERR = 2;
/** After the program's end: how long its last output may wait for a reader. */
const UNREAD_MS = 5_000;

/**
 * Splits the engine's attach stream (Engine API, "Attach to a container", stream format: 1 byte stream
 * type, 3 zero bytes, 4 bytes big-endian length, payload) into a Duplex over stdin + stdout and a stderr.
 */
export class DemuxedStream extends Duplex {
  readonly #socket: Socket;
  readonly #stderr = new PassThrough({ highWaterMark: 64 * 1024 });
  #header = Buffer.alloc(0);
  #remaining = 0;
  #type = 0;
  #ended = false;

  constructor(socket: Socket) {
    super({ allowHalfOpen: true, readableHighWaterMark: 256 * 1024 });
    this.#socket = socket;
    // Until somebody reads: a connection that breaks meanwhile is told by the stream's end.
    this.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#consume(chunk));
    socket.on('end', () => this.#finish());
    socket.on('close', () => this.#finish());
    socket.on('error', (error) => this.destroy(error));
  }

  get stderr(): Readable {
    return this.#stderr;
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    this.#stderr.end();
    done(error);
  }

  #finish(): void {
    if (this.readableEnded || this.destroyed || this.#ended) return;
    this.#ended = true;
    this.push(null);
    this.#stderr.end();
    // An HTTP/2 session stops reading for good after a protocol error: only a `close` tells it of the end.
    const timer = setTimeout(() => this.destroy(), UNREAD_MS);
    this.once('close', () => clearTimeout(timer));
  }

  #consume(input: Buffer): void {
    let chunk = input;
    while (chunk.length > 0) {
      if (this.#remaining === 0) {
        const missing = HEADER_BYTES - this.#header.length;
        this.#header = Buffer.concat([this.#header, chunk.subarray(0, missing)]);
        chunk = chunk.subarray(missing);
        if (this.#header.length < HEADER_BYTES) return;
        this.#type = this.#header[0] ?? 0;
        this.#remaining = this.#header.readUInt32BE(4);
        this.#header = Buffer.alloc(0);
        continue;
      }
      const payload = chunk.subarray(0, this.#remaining);
      chunk = chunk.subarray(payload.length);
      this.#remaining -= payload.length;
      this.#deliver(payload);
    }
  }

  #deliver(payload: Buffer): void {
    if (this.#type === STDERR) {
      // Diagnostics only: what nobody reads in time is dropped, so that it can never stall the road.
      if (this.#stderr.writableLength < this.#stderr.writableHighWaterMark) this.#stderr.write(payload);
      return;
    }
    if (!this.push(payload)) this.#socket.pause();
  }
}
