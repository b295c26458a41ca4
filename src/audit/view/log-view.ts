import { createReadStream } from 'node:fs';
import { type ChainPlace, chainStart, checkEnd, followChain } from '../chain-check.js';
import { readHead } from '../log-head.js';
import { parseLine, splitLines } from '../log-lines.js';
import { auditEnvelope, auditRecord } from '../records.js';
import type { Verification } from '../verify.js';
import { filterRows, type RowFilter } from './filter-rows.js';
import { toViewRow, type ViewRow } from './view-row.js';

/** Beyond it a log is no longer listed, only checked. */
const MAX_ROWS = 1_000_000;
const PROGRESS_ROWS = 500;

/** A log as rows, read once and then as far as it has grown; its chain is checked on the way. */
export class AuditLogView {
  readonly file: string;
  readonly #rows: ViewRow[] = [];
  readonly #durations = new Map<string, number>();
  #place: ChainPlace = chainStart;
  #position = 0;
  #broken: { readonly line: number; readonly reason: string } | undefined;
  #verification: Verification = { kind: 'intact', ...chainStart };

  constructor(file: string) {
    this.file = file;
  }

  get rows(): readonly ViewRow[] {
    return this.#rows;
  }

  filter(filter: RowFilter): readonly ViewRow[] {
    return filterRows(this.#rows, filter);
  }

  /** As of the last reading that came to its end. */
  get verification(): Verification {
    return this.#verification;
  }

  /** How long a row's subject took; a tool's is told by a later record. */
  durationOf(row: ViewRow): number | undefined {
    return row.kind === 'tool' && row.callId !== undefined ? this.#durations.get(row.callId) : row.ms;
  }

  /**
   * Reads what is new. A last line without an end is left for the next time when `mayGrow`, and a damage otherwise.
   * Rejects when the file cannot be read.
   */
  async read(mayGrow: boolean, onProgress: () => void = () => undefined): Promise<void> {
    // First the head: what it vouches for has been written by then.
    const head = await readHead(this.file);
    let unfit: string | undefined;
    for await (const line of splitLines(createReadStream(this.file, { start: this.#position }))) {
      if (line.kind === 'unfit') {
        unfit = line.reason;
        break;
      }
      this.#position += line.bytes.length + 1;
      this.#take(line.bytes, head);
      if (this.#rows.length % PROGRESS_ROWS === 0) onProgress();
    }
    const end = unfit !== undefined && !mayGrow ? unfit : checkEnd(this.#place, head);
    if (end !== undefined) this.#broken ??= { line: this.#place.lines + 1, reason: end };
    this.#verification =
      this.#broken === undefined ? { kind: 'intact', ...this.#place } : { kind: 'broken', ...this.#broken };
  }

  #take(bytes: Buffer, head: Awaited<ReturnType<typeof readHead>>): void {
    if (this.#broken === undefined) {
      const step = followChain(this.#place, bytes, head);
      if (step.kind === 'follows') this.#place = step.place;
      else this.#broken = { line: this.#place.lines + 1, reason: step.reason };
    }
    if (this.#rows.length >= MAX_ROWS) return;
    const json = parseLine(bytes);
    const [record, envelope] = [auditRecord.safeParse(json), auditEnvelope.safeParse(json)];
    if (!record.success || !envelope.success) return;
    const row = toViewRow({ seq: envelope.data.seq, time: envelope.data.time, record: record.data });
    this.#rows.push(row);
    if (row.kind === 'tool-end' && row.callId !== undefined && row.ms !== undefined)
      this.#durations.set(row.callId, row.ms);
  }
}
