import type { Provider, TokenUsage } from './provider.js';

const MAX_LINE_BYTES = 256 * 1024;
const MAX_JSON_BYTES = 1024 * 1024;

/** Reads along with a response body, bounded, without changing or delaying it. */
export class ResponseObserver {
  readonly #provider: Provider;
  readonly #eventStream: boolean;
  #pending: Buffer[] = [];
  #size = 0;
  /** The current line (or body) is over its bound: skipped, not parsed. */
  #skipping = false;
  #usage: TokenUsage = {};
  #terminated = false;

  constructor(provider: Provider, contentType: string | undefined) {
    this.#provider = provider;
    this.#eventStream = /^text\/event-stream\b/i.test(contentType ?? '');
  }

  get usage(): TokenUsage {
    return this.#usage;
  }

  /** False for an event stream whose last event has not been seen. */
  get mayEnd(): boolean {
    return !this.#eventStream || this.#terminated;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    if (this.#eventStream) {
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        this.#keep(rest.subarray(0, end), MAX_LINE_BYTES);
        this.#endLine();
        rest = rest.subarray(end + 1);
      }
    }
    this.#keep(rest, this.#eventStream ? MAX_LINE_BYTES : MAX_JSON_BYTES);
  }

  finish(): void {
    if (this.#eventStream) this.#endLine();
    else this.#readUsage(this.#take());
  }

  #keep(bytes: Buffer, max: number): void {
    this.#size += bytes.length;
    if (this.#size > max) {
      this.#skipping = true;
      this.#pending = [];
    }
    if (!this.#skipping && bytes.length > 0) this.#pending.push(Buffer.from(bytes));
  }

  #take(): string {
    const text = this.#skipping ? '' : Buffer.concat(this.#pending).toString('utf8');
    this.#pending = [];
    this.#size = 0;
    this.#skipping = false;
    return text;
  }

  #endLine(): void {
    const line = this.#take();
    if (!line.startsWith('data:')) return;
    const data = line.slice(5).trim();
    if (this.#provider.isTerminal(data)) this.#terminated = true;
    this.#readUsage(data);
  }

  #readUsage(text: string): void {
    if (!text.includes('"usage')) return;
    try {
      this.#usage = { ...this.#usage, ...this.#provider.readUsage(JSON.parse(text)) };
    } catch {
      // Usage is a by-product: a body that is not JSON is for the client to complain about.
    }
  }
}
