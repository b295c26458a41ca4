import { Draft, type InputEvent, type Splitter, tooLong } from './split-input.js';

/** Items that end at a byte (`-0`, `-d`); no other means anything. */
export class DelimitedSplitter implements Splitter {
  readonly #delimiter: number;
  readonly #lineBased: boolean;
  readonly #draft: Draft;
  ended = false;

  /** `lineBased`: an item is handed over with its record, not on its own. */
  constructor(delimiter: number, lineBased: boolean, room: () => number) {
    this.#delimiter = delimiter;
    this.#lineBased = lineBased;
    this.#draft = new Draft(room);
  }

  *push(chunk: Buffer): Iterable<InputEvent> {
    for (const byte of chunk) {
      if (this.ended) return;
      if (byte === this.#delimiter) {
        yield* this.#record(1);
      } else if (!this.#draft.add(byte)) {
        this.ended = true;
        yield tooLong;
      }
    }
  }

  *finish(): Iterable<InputEvent> {
    if (this.ended) return;
    this.ended = true;
    if (!this.#draft.isEmpty) yield* this.#record(0);
  }

  *#record(lines: number): Iterable<InputEvent> {
    const bytes = this.#draft.take();
    if (!this.#lineBased) yield { kind: 'item', bytes };
    yield { kind: 'record', bytes, lines };
  }
}
