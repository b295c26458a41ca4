import type { Readable } from 'node:stream';
import type { ToolOutput } from '../../protocol/tools.js';
import type { OutputCap } from '../process/output-cap.js';
import { Utf8Splitter } from '../process/utf8-splitter.js';

/** Is given output as it comes, in whole characters. */
export type OutputSink = (stream: ToolOutput['stream'], text: string) => void;

/** Joins a command's two streams in order of arrival; live output stops at `liveBytes`, draining never does. */
export class OutputCollector {
  readonly #cap: OutputCap;
  readonly #sink: OutputSink;
  readonly #flushes: Array<() => void> = [];
  #liveBytes: number;

  constructor(cap: OutputCap, sink: OutputSink, liveBytes: number) {
    this.#cap = cap;
    this.#sink = sink;
    this.#liveBytes = liveBytes;
  }

  read(source: Readable | null, stream: ToolOutput['stream']): void {
    source?.on('data', this.open(stream));
    // A read error ends the output as an end of file would; the exit status tells the rest.
    source?.on('error', () => source.destroy());
  }

  /** Takes the bytes of one stream. */
  open(stream: ToolOutput['stream']): (bytes: Buffer) => void {
    const splitter = new Utf8Splitter();
    this.#flushes.push(() => this.#take(stream, splitter.flush()));
    return (bytes) => this.#take(stream, splitter.push(bytes));
  }

  /** Puts a sentence of our own where the program's output would be. */
  note(text: string): void {
    this.#take('stderr', Buffer.from(text));
  }

  /** Passes on what was waiting for the rest of a character. */
  finish(): void {
    for (const flush of this.#flushes.splice(0)) flush();
  }

  #take(stream: ToolOutput['stream'], bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#cap.push(bytes);
    if (this.#liveBytes <= 0) return;
    this.#liveBytes -= bytes.length;
    this.#sink(stream, bytes.toString('utf8'));
    if (this.#liveBytes <= 0) this.#sink(stream, '\n[airlock: more output is not shown live]\n');
  }
}
