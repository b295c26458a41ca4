/** What the input says, in its order. */
export type InputEvent =
  | { readonly kind: 'item'; readonly bytes: Buffer }
  /** The end of what is read at once, a line or a delimited item: its bytes where a line is one item. */
  | { readonly kind: 'record'; readonly bytes: Buffer; readonly lines: number }
  | { readonly kind: 'warning'; readonly text: string }
  /** Nothing more can be read. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Splits a stream of bytes as it comes. Each event is to be dealt with before the next is asked for. */
export interface Splitter {
  /** No byte will be looked at any more. */
  readonly ended: boolean;
  push(chunk: Buffer): Iterable<InputEvent>;
  /** To be called once, at the end of the input. */
  finish(): Iterable<InputEvent>;
}

export const tooLong: InputEvent = { kind: 'failed', reason: 'argument line too long' };

/** An item as it grows; `room` says how many bytes one may have. */
export class Draft {
  readonly #room: () => number;
  #bytes: number[] = [];

  constructor(room: () => number) {
    this.#room = room;
  }

  get isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  /** False when there is no room. */
  add(byte: number): boolean {
    if (this.#bytes.length >= this.#room()) return false;
    this.#bytes.push(byte);
    return true;
  }

  peek(): Buffer {
    return Buffer.from(this.#bytes);
  }

  take(): Buffer {
    const bytes = this.peek();
    this.#bytes = [];
    return bytes;
  }
}
