import type { ServerHttp2Stream } from 'node:http2';
import { Writable } from 'node:stream';

/**
 * The body of an answer on a road, finished when its last byte is handed over. An HTTP/2 stream itself
 * will not do: Node closes it before it emits `finish`, which every pipeline takes for a failure.
 * Destroying the sink resets the stream, so that a body that is not whole never looks whole.
 */
export class ResponseSink extends Writable {
  readonly #stream: ServerHttp2Stream;

  constructor(stream: ServerHttp2Stream) {
    super({ highWaterMark: 256 * 1024 });
    this.#stream = stream;
    // A writer that does not listen learns of it by the call's signal.
    this.on('error', () => undefined);
    stream.once('close', () => {
      if (!this.writableEnded) this.destroy(new Error('the other end gave the call up'));
    });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#stream.destroyed) done(new Error('the other end gave the call up'));
    else this.#stream.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#stream.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Not `close(code)`, which ends the body in good order first.
    if (!this.writableFinished) this.#stream.destroy(error ?? new Error('given up'));
    done(error);
  }
}
