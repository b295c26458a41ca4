import { closeSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { PipeEnds } from '../../process/pipe-pool.js';
import { codeOf } from '../files/beneath.js';
import { badDescriptor, type Handle } from './handle.js';

const CHUNK = 64 * 1024;
/** One drain takes no more, for a process left behind may write for ever. */
const DRAIN_CHUNKS = 16;

/**
 * Output that ends here: the script's own, or that of a command substitution. The pipe is made when
 * the first program needs it; builtins hand their bytes over directly.
 */
export class OutputPort implements Handle {
  readonly #makePipe: () => Promise<PipeEnds>;
  readonly #consume: (bytes: Buffer) => void;
  #pipe: Promise<OpenPipe> | undefined;
  #opened: OpenPipe | undefined;

  constructor(makePipe: () => Promise<PipeEnds>, consume: (bytes: Buffer) => void) {
    this.#makePipe = makePipe;
    this.#consume = consume;
  }

  async descriptor(): Promise<number> {
    this.#pipe ??= this.#open();
    return (await this.#pipe).write;
  }

  async write(bytes: Buffer): Promise<void> {
    this.drain();
    this.#consume(bytes);
  }

  readByte(): never {
    throw badDescriptor();
  }

  drain(): void {
    if (this.#opened !== undefined && !this.#opened.ended) drain(this.#opened.read, this.#consume);
  }

  /** Ends our share of it and waits until nobody else holds the pipe, at most `graceMs`. */
  async finish(graceMs: number): Promise<void> {
    const pipe = this.#opened;
    if (pipe === undefined) return;
    this.close();
    await Promise.race([pipe.closed, delay(graceMs, undefined, { ref: false })]);
    // On a busy machine the time may be over before anything was read.
    this.drain();
    pipe.socket.destroy();
    await pipe.closed;
  }

  close(): void {
    const pipe = this.#opened;
    if (pipe === undefined || pipe.released) return;
    pipe.released = true;
    closeSync(pipe.write);
  }

  async #open(): Promise<OpenPipe> {
    const { read, write } = await this.#makePipe();
    const socket = new Socket({ fd: read, readable: true, writable: false });
    const pipe: OpenPipe = {
      read,
      write,
      socket,
      ended: false,
      released: false,
      closed: new Promise((resolve) => socket.once('close', () => resolve())),
    };
    socket.on('data', this.#consume);
    socket.once('end', () => {
      pipe.ended = true;
    });
    // A read error ends the output as an end of file would; the exit status tells the rest.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      pipe.ended = true;
    });
    this.#opened = pipe;
    return pipe;
  }
}

interface OpenPipe {
  readonly read: number;
  readonly write: number;
  readonly socket: Socket;
  readonly closed: Promise<void>;
  ended: boolean;
  released: boolean;
}

function drain(fd: number, consume: (bytes: Buffer) => void): void {
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (let round = 0; round < DRAIN_CHUNKS; round += 1) {
    const count = readSome(fd, chunk);
    if (count === 0) return;
    consume(Buffer.from(chunk.subarray(0, count)));
  }
}

function readSome(fd: number, chunk: Buffer): number {
  try {
    return readSync(fd, chunk);
  } catch (error) {
    // The pipe is empty, and somebody can still write.
    if (codeOf(error) === 'EAGAIN') return 0;
    throw error;
  }
}
