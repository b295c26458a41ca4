import { constants, type FileHandle, open } from 'node:fs/promises';
import { type Clock, systemClock } from '../base/clock.js';
import { sha256 } from '../base/hash.js';
import { cleanRecord } from './clean-record.js';
import { type LogEnd, readEnd } from './log-end.js';
import { writeHead } from './log-head.js';
import type { AuditRecord } from './records.js';
import { verifyAuditLog } from './verify.js';

export interface AuditLog {
  /** Puts the record in its place in the chain at once; the writing follows. Never throws. */
  append(record: AuditRecord): void;
  /** Resolves when everything appended so far is written; rejects when the log has failed. */
  flush(): Promise<void>;
  /** Flushes to the disk and closes. Idempotent; later records are dropped. */
  close(): Promise<void>;
}

export interface AuditLogOptions {
  /** Called once, at the first write that fails; nothing is written after it. */
  readonly onError?: (error: unknown) => void;
  readonly clock?: Clock;
}

const MAX_PENDING_BYTES = 32 * 1024 * 1024;

/**
 * Opens (mode 0600) or goes on with a session's log: JSON lines, each with its number, time and the
 * SHA-256 of the line before. Rejects when the file cannot be opened; later failures go to `onError`.
 */
export async function openAuditLog(file: string, options: AuditLogOptions = {}): Promise<AuditLog> {
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;
  const handle = await open(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  try {
    if (!(await handle.stat()).isFile()) throw new Error(`${file} is not a regular file`);
    await handle.chmod(0o600);
    const end = await readEnd(handle);
    const found = await verifyAuditLog(file);
    const log = new FileAuditLog(file, handle, options, end);
    if (found.kind === 'broken')
      log.append({ kind: 'damage', reason: `line ${found.line}: ${found.reason}` });
    if (end.tornBytes > 0) {
      log.append({
        kind: 'notice',
        level: 'warning',
        text: `a torn last line of ${end.tornBytes} bytes was cut off`,
      });
    }
    return log;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

class FileAuditLog implements AuditLog {
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #onError: (error: unknown) => void;
  readonly #clock: Clock;
  #seq: number;
  #hash: string;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #syncWanted = false;
  #state: 'open' | 'failed' | 'closed' = 'open';
  #failure: Error | undefined;
  #writing: Promise<void> = Promise.resolve();
  #scheduled = false;
  #closing: Promise<void> | undefined;

  constructor(file: string, handle: FileHandle, options: AuditLogOptions, end: LogEnd) {
    this.#file = file;
    this.#handle = handle;
    this.#onError = options.onError ?? (() => undefined);
    this.#clock = options.clock ?? systemClock;
    this.#seq = end.lines;
    this.#hash = end.hash;
  }

  append(record: AuditRecord): void {
    if (this.#state !== 'open' || this.#closing !== undefined) return;
    const envelope = { seq: this.#seq, time: new Date(this.#clock()).toISOString(), prev: this.#hash };
    const line = Buffer.from(JSON.stringify({ ...envelope, ...Object(cleanRecord(record)) }));
    if (this.#pendingBytes + line.length > MAX_PENDING_BYTES) {
      this.#fail(new Error('the audit log cannot be written as fast as it grows'));
      return;
    }
    this.#seq += 1;
    this.#hash = sha256(line);
    this.#pending.push(line, Buffer.from('\n'));
    this.#pendingBytes += line.length;
    this.#syncWanted ||= mustLast(record);
    this.#schedule();
  }

  async flush(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#syncWanted = true;
    this.#schedule();
    await this.#writing;
    this.#state = 'closed';
    await this.#handle.close();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#writing = this.#writing.then(() => this.#writeBatch()).catch((error: unknown) => this.#fail(error));
  }

  async #writeBatch(): Promise<void> {
    this.#scheduled = false;
    if (this.#state !== 'open') return;
    const batch = Buffer.concat(this.#pending);
    const sync = this.#syncWanted;
    const head = { lines: this.#seq, sha256: this.#hash };
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#syncWanted = false;
    await this.#handle.appendFile(batch);
    if (!sync) return;
    await this.#handle.sync();
    await writeHead(this.#file, head);
  }

  #fail(error: unknown): void {
    if (this.#state !== 'open') return;
    this.#state = 'failed';
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#pending = [];
    this.#onError(error);
  }
}

/** What somebody decided, and where a session begins and ends, outlives a crash of the machine. */
function mustLast(record: AuditRecord): boolean {
  switch (record.kind) {
    case 'session-start':
    case 'change-decision':
    case 'session-end':
    case 'log-removed':
      return true;
    case 'tool':
      return record.answer !== undefined;
    default:
      return false;
  }
}
