import { danglingLength, unfinishedLength } from './utf8-splitter.js';

export interface CappedOutput {
  readonly text: string;
  /** Bytes that are not in `text`. */
  readonly cutBytes: number;
}

/** Keeps the first and the last half of `maxBytes` of a stream, in memory that does not grow with it. */
export class OutputCap {
  readonly #half: number;
  readonly #head: Buffer[] = [];
  #headSize = 0;
  #ring: Buffer | undefined;
  /** Bytes that ever went into the ring. */
  #tailSize = 0;

  constructor(maxBytes: number) {
    this.#half = Math.max(1, Math.floor(maxBytes / 2));
  }

  push(chunk: Buffer): void {
    const room = this.#half - this.#headSize;
    if (room > 0) {
      // Copied, so that a short part does not keep a whole read buffer alive.
      this.#head.push(Buffer.from(chunk.subarray(0, room)));
      this.#headSize += Math.min(room, chunk.length);
    }
    if (chunk.length > room) this.#pushTail(chunk.subarray(Math.max(0, room)));
  }

  finish(): CappedOutput {
    const head = Buffer.concat(this.#head);
    const tail = this.#readTail();
    const lost = this.#tailSize - tail.length;
    if (lost === 0) return { text: Buffer.concat([head, tail]).toString('utf8'), cutBytes: 0 };
    const headEnd = head.length - unfinishedLength(head);
    const tailStart = danglingLength(tail);
    const cutBytes = lost + (head.length - headEnd) + tailStart;
    return {
      text: `${head.toString('utf8', 0, headEnd)}${cutMarker(cutBytes)}${tail.toString('utf8', tailStart)}`,
      cutBytes,
    };
  }

  #pushTail(chunk: Buffer): void {
    this.#ring ??= Buffer.allocUnsafe(this.#half);
    const kept = chunk.subarray(Math.max(0, chunk.length - this.#half));
    const start = (this.#tailSize + chunk.length - kept.length) % this.#half;
    const first = kept.copy(this.#ring, start);
    kept.copy(this.#ring, 0, first);
    this.#tailSize += chunk.length;
  }

  #readTail(): Buffer {
    if (this.#ring === undefined) return Buffer.alloc(0);
    if (this.#tailSize <= this.#half) return this.#ring.subarray(0, this.#tailSize);
    const start = this.#tailSize % this.#half;
    return Buffer.concat([this.#ring.subarray(start), this.#ring.subarray(0, start)]);
  }
}

export function cutMarker(bytes: number): string {
  return `\n[airlock: ${bytes} bytes cut]\n`;
}
