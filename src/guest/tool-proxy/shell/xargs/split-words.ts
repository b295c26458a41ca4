import { Draft, type InputEvent, type Splitter, tooLong } from './split-input.js';

const NUL_WARNING =
  'WARNING: a NUL character occurred in the input.  It cannot be passed through in the argument list.  Did you mean to use the --null option?';
const [LINE_END, DOUBLE, SINGLE, BACKSLASH] = [10, 34, 39, 92];

export interface WordRules {
  /** The item that ends the input. */
  readonly endItem: Buffer | undefined;
  /** `-I`: a line is one item, blanks and all. */
  readonly lineBased: boolean;
}

/**
 * Items between blanks and line ends, with quotes and backslashes, as read_line() of GNU findutils 4.9 has it: a line
 * goes on after a blank at its end, and what the last line lacks of an end is no matter.
 */
export class WordSplitter implements Splitter {
  readonly #rules: WordRules;
  readonly #draft: Draft;
  #state: 'space' | 'word' | 'quote' | 'backslash' = 'space';
  #quote = 0;
  #last: number | undefined;
  /** The line has had no item yet. */
  #first = true;
  #lines = 0;
  #warned = false;
  ended = false;

  constructor(rules: WordRules, room: () => number) {
    this.#rules = rules;
    this.#draft = new Draft(room);
  }

  *push(chunk: Buffer): Iterable<InputEvent> {
    for (const byte of chunk) {
      if (this.ended) return;
      const met = this.#step(byte);
      if (met === 'nothing') continue;
      if (met === 'unmatched') yield this.#fail(this.#unmatched());
      else if (met === 'byte') yield* this.#add(byte);
      else if (this.#isEndItem()) yield* this.#endHere();
      else {
        const bytes = this.#draft.take();
        if (!this.#rules.lineBased) yield { kind: 'item', bytes };
        if (met === 'line') yield this.#record(bytes);
        this.#first = met === 'line';
        this.#state = 'space';
      }
    }
  }

  *finish(): Iterable<InputEvent> {
    if (this.ended) return;
    this.ended = true;
    if (this.#draft.isEmpty) return;
    if (this.#state === 'quote') {
      yield this.#fail(this.#unmatched());
    } else if (!this.#first || !this.#isEndItem()) {
      const bytes = this.#draft.take();
      if (!this.#rules.lineBased) yield { kind: 'item', bytes };
      yield this.#record(bytes);
    }
  }

  /** What the byte is: the end of an item or of a line, a part of an item, or nothing that ends up in one. */
  #step(byte: number): 'nothing' | 'byte' | 'item' | 'line' | 'unmatched' {
    const before = this.#last;
    this.#last = byte;
    if (this.#state === 'quote') {
      if (byte === LINE_END) return 'unmatched';
      if (byte !== this.#quote) return 'byte';
      this.#state = 'word';
      return 'nothing';
    }
    if (this.#state === 'backslash') {
      this.#state = 'word';
      return 'byte';
    }
    if (this.#state === 'space' && (isBlank(byte) || (byte >= LINE_END && byte <= 13))) return 'nothing';
    this.#state = 'word';
    if (byte === LINE_END) {
      if (!isBlank(before)) this.#lines += 1;
      return 'line';
    }
    if (!this.#rules.lineBased && isBlank(byte)) return 'item';
    if (byte === BACKSLASH) this.#state = 'backslash';
    else if (byte === SINGLE || byte === DOUBLE) {
      this.#state = 'quote';
      this.#quote = byte;
    } else return 'byte';
    return 'nothing';
  }

  *#add(byte: number): Iterable<InputEvent> {
    if (byte === 0 && !this.#warned) {
      this.#warned = true;
      yield { kind: 'warning', text: NUL_WARNING };
    }
    if (this.#draft.add(byte)) return;
    this.ended = true;
    yield tooLong;
  }

  #isEndItem(): boolean {
    const { endItem } = this.#rules;
    if (endItem === undefined) return false;
    const bytes = this.#draft.peek();
    // Compared as C strings.
    const end = bytes.indexOf(0);
    return endItem.equals(end < 0 ? bytes : bytes.subarray(0, end));
  }

  *#endHere(): Iterable<InputEvent> {
    this.ended = true;
    if (!this.#first) yield this.#record(this.#draft.take());
  }

  #record(bytes: Buffer): InputEvent {
    const lines = this.#lines;
    this.#lines = 0;
    this.#last = undefined;
    return { kind: 'record', bytes, lines };
  }

  #fail(reason: string): InputEvent {
    this.ended = true;
    return { kind: 'failed', reason };
  }

  #unmatched(): string {
    const name = this.#quote === DOUBLE ? 'double' : 'single';
    return `unmatched ${name} quote; by default quotes are special to xargs unless you use the -0 option`;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9;
}
