import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from '../files/beneath.js';

const FULL_PIPE_MS = 2;

/** What a file descriptor of the script stands for: programs inherit it, builtins write to it. */
export interface Handle {
  /** To be inherited; belongs to the handle. */
  descriptor(): Promise<number>;
  /** All bytes. Throws the system's error; EPIPE when nobody will read. */
  write(bytes: Buffer): Promise<void>;
  /** Takes in what ended programs have written, so that what comes next comes after it. */
  drain(): void;
  /** Idempotent. */
  close(): void;
}

/** The three descriptors of a command. */
export type Stdio = readonly [stdin: Handle, stdout: Handle, stderr: Handle];

/** An open file or device: written at the position that it shares with the programs. */
export class FileHandle implements Handle {
  readonly #fd: number;
  #open = true;

  constructor(fd: number) {
    this.#fd = fd;
  }

  async descriptor(): Promise<number> {
    return this.#fd;
  }

  async write(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
  }

  drain(): void {
    // Nothing is read from it here.
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#fd);
  }
}

/** One end of a kernel pipe between two parts of a pipeline. */
export class PipeHandle implements Handle {
  readonly #fd: number;
  readonly #check: () => void;
  #ownWriter: number | undefined;
  #open = true;

  /** `check` throws when the script has been stopped. */
  constructor(fd: number, check: () => void) {
    this.#fd = fd;
    this.#check = check;
  }

  async descriptor(): Promise<number> {
    return this.#fd;
  }

  /** The programs' end blocks, so writing here has an end of its own that does not. */
  async write(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const count = this.#writeSome(bytes.subarray(done));
      done += count;
      if (count > 0) continue;
      await delay(FULL_PIPE_MS);
      this.#check();
    }
  }

  drain(): void {
    // The next program reads it.
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#fd);
    if (this.#ownWriter !== undefined) closeSync(this.#ownWriter);
  }

  #writeSome(bytes: Buffer): number {
    try {
      this.#ownWriter ??= openSync(`/proc/self/fd/${this.#fd}`, constants.O_WRONLY | constants.O_NONBLOCK);
      return writeSync(this.#ownWriter, bytes);
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') return 0;
      // Opening the end of a pipe that nobody reads any more.
      if (codeOf(error) === 'ENXIO') throw Object.assign(new Error('broken pipe'), { code: 'EPIPE' });
      throw error;
    }
  }
}
