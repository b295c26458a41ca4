import { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * This program's stdin and stdout as one Duplex, which is then the only writer of stdout. Sockets
 * rather than `process.stdout`: a write to a full pipe must never block the event loop.
 */
export class StdioDuplex extends Duplex {
  readonly #input = new Socket({ fd: 0, readable: true, writable: false });
  readonly #output = new Socket({ fd: 1, readable: false, writable: true });

  constructor() {
    super({ allowHalfOpen: false, emitClose: true });
    this.#input.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) this.#input.pause();
    });
    this.#input.on('end', () => this.push(null));
    this.#input.on('close', () => this.destroy());
    this.#output.on('close', () => this.destroy());
    // Either end going away closes the road; there is nobody left to tell why.
    this.#input.on('error', () => this.destroy());
    this.#output.on('error', () => this.destroy());
  }

  override _read(): void {
    this.#input.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#output.write(chunk, done);
  }

  override _writev(
    chunks: Array<{ chunk: Buffer; encoding: BufferEncoding }>,
    done: (error?: Error | null) => void,
  ): void {
    this.#output.write(Buffer.concat(chunks.map((part) => part.chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#output.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#input.destroy();
    this.#output.destroy();
    done(error);
  }
}
