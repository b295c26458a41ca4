import { isUtf8 } from 'node:buffer';
import type { XargsSettings } from '../../../../policy/xargs-settings.js';
import type { InputEvent } from './split-input.js';
import { XargsEnd } from './xargs-end.js';

const DEFAULT_BYTES = 128 * 1024;

/** Starts one command line, of which the last `read` words come from the input. */
export type Start = (argv: readonly string[], read: number) => Promise<void>;

/** Makes command lines of what the input says, as bc_push_arg() and its like of GNU findutils 4.9 do. */
export class CommandBuilder {
  readonly #settings: XargsSettings;
  readonly #command: readonly string[];
  readonly #start: Start;
  readonly #mostBytes: number;
  /** Bytes of the command as it is written, with a NUL after each word. */
  #written = 0;
  #items: string[] = [];
  #bytes = 0;
  #lines = 0;
  #started = false;

  /** `systemBytes`: what the system lets a command line have. Throws XargsEnd when the command alone is too long. */
  constructor(settings: XargsSettings, command: readonly string[], systemBytes: number, start: Start) {
    this.#settings = settings;
    this.#command = command;
    this.#start = start;
    this.#mostBytes = Math.min(settings.maxBytes ?? DEFAULT_BYTES, systemBytes);
    if (settings.replace !== undefined) return;
    this.#written = command.reduce((sum, word) => sum + sizeOf(word), 0);
    if (this.#written > this.#mostBytes) throw new XargsEnd(DOES_NOT_FIT);
  }

  /** Bytes that an item may have. */
  room(): number {
    return this.#mostBytes - this.#written - 1;
  }

  async take(event: Exclude<InputEvent, { readonly kind: 'warning' }>): Promise<void> {
    switch (event.kind) {
      case 'item':
        return this.#addItem(event.bytes);
      case 'record':
        return this.#endRecord(event.bytes, event.lines);
      case 'failed':
        if (this.#items.length > 0 && !this.#settings.exact) await this.#run();
        throw new XargsEnd(event.reason);
    }
  }

  async finish(): Promise<void> {
    const { replace, runsWhenEmpty } = this.#settings;
    if (replace !== undefined) return;
    if (this.#items.length > 0 || (runsWhenEmpty && !this.#started)) await this.#run();
  }

  async #addItem(bytes: Buffer): Promise<void> {
    const { items, lines, exact } = this.#settings;
    const size = bytes.length + 1;
    if (this.#written + this.#bytes + size > this.#mostBytes) {
      if (this.#items.length === 0) throw new XargsEnd(DOES_NOT_FIT);
      if (exact && (items !== undefined || lines !== undefined)) throw new XargsEnd('argument list too long');
      await this.#run();
    }
    this.#items.push(toText(bytes));
    this.#bytes += size;
    if (this.#items.length === items) await this.#run();
  }

  async #endRecord(bytes: Buffer, lines: number): Promise<void> {
    const { replace } = this.#settings;
    if (replace !== undefined) return this.#runReplaced(replace, bytes);
    this.#lines += lines;
    if (this.#settings.lines === undefined || this.#lines < this.#settings.lines) return;
    await this.#run();
    this.#lines = 0;
  }

  async #run(): Promise<void> {
    const items = this.#items;
    this.#items = [];
    this.#bytes = 0;
    this.#started = true;
    await this.#start([...this.#command, ...items], items.length);
  }

  /** The name of the program is never replaced in. */
  async #runReplaced(pattern: string, bytes: Buffer): Promise<void> {
    const [name = '', ...words] = this.#command;
    if (sizeOf(name) > this.#mostBytes) throw new XargsEnd(DOES_NOT_FIT);
    this.#written = sizeOf(name);
    const argv = [name];
    let size = sizeOf(name);
    for (const word of words) {
      const { text, length } = this.#replaceIn(word, pattern, bytes);
      if (size + length > this.#mostBytes) throw new XargsEnd('argument list too long');
      size += length;
      argv.push(text);
    }
    await this.#start(argv, 0);
  }

  #replaceIn(
    word: string,
    pattern: string,
    bytes: Buffer,
  ): { readonly text: string; readonly length: number } {
    const pieces = pattern === '' ? undefined : word.split(pattern);
    if (pieces === undefined) {
      if (word !== '') throw new XargsEnd('command too long');
      return { text: '', length: 1 };
    }
    const plain = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);
    const length = plain + bytes.length * (pieces.length - 1);
    // GNU wants one byte more than it needs.
    if (length > this.#mostBytes - 2) throw new XargsEnd('command too long');
    const whole = pieces.length === 1 ? word : pieces.join(toWhole(bytes));
    return { text: cutAtNul(whole), length: length + 1 };
  }
}

const DOES_NOT_FIT = 'cannot fit single argument within argument list size limit';

function sizeOf(word: string): number {
  return Buffer.byteLength(word) + 1;
}

/** As a program gets it: nothing comes after a NUL. */
function toText(bytes: Buffer): string {
  return cutAtNul(toWhole(bytes));
}

function toWhole(bytes: Buffer): string {
  // What was judged must be what runs, byte for byte.
  if (!isUtf8(bytes)) throw new XargsEnd('an item of the input is not UTF-8, which is not supported here');
  return bytes.toString('utf8');
}

function cutAtNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
