import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from '../files/beneath.js';

const FULL_PIPE_MS = 2;

/** What a file descriptor of the script stands for: programs inherit it, builtins write to it. */
export interface Handle {
  /** To be inherited; belongs to the handle. */
  descriptor(): Promise<number>;
  /** All bytes. Throws the system's error; EPIPE when nobody will read. */
  write(bytes: Buffer): Promise<void>;
  /** One byte, if it can be had at once. Throws the system's error. */
  readByte(): number | 'end' | 'empty';
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

  readByte(): number | 'end' {
    return readByteFrom(this.#fd);
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
  readonly #side: 'read' | 'write';
  readonly #check: () => void;
  #own: number | undefined;
  #open = true;

  /** `check` throws when the script has been stopped. */
  constructor(fd: number, side: 'read' | 'write', check: () => void) {
    this.#fd = fd;
    this.#side = side;
    this.#check = check;
  }

  async descriptor(): Promise<number> {
    return this.#fd;
  }

  async write(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const count = this.#writeSome(bytes.subarray(done));
      done += count;
      if (count > 0) continue;
      await delay(FULL_PIPE_MS);
      this.#check();
    }
  }

  readByte(): number | 'end' | 'empty' {
    try {
      return readByteFrom(this.#openOwn('read'));
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') return 'empty';
      throw error;
    }
  }

  drain(): void {
    // The next program reads it.
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#fd);
    if (this.#own !== undefined) closeSync(this.#own);
  }

  #writeSome(bytes: Buffer): number {
    try {
      return writeSync(this.#openOwn('write'), bytes);
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') return 0;
      // Opening the end of a pipe that nobody reads any more.
      if (codeOf(error) === 'ENXIO') throw Object.assign(new Error('broken pipe'), { code: 'EPIPE' });
      throw error;
    }
  }

  /** The programs' end blocks, so what is done here has an end of its own that does not. */
  #openOwn(side: 'read' | 'write'): number {
    if (side !== this.#side) throw badDescriptor();
    const access = side === 'read' ? constants.O_RDONLY : constants.O_WRONLY;
    this.#own ??= openSync(`/proc/self/fd/${this.#fd}`, access | constants.O_NONBLOCK);
    return this.#own;
  }
}

/** What the kernel says of a descriptor that is not open for this. */
export function badDescriptor(): Error {
  return Object.assign(new Error('bad file descriptor'), { code: 'EBADF' });
}

function readByteFrom(fd: number): number | 'end' {
  const byte = Buffer.allocUnsafe(1);
  return readSync(fd, byte) === 0 ? 'end' : (byte[0] ?? 'end');
}
