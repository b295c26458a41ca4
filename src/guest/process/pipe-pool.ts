import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallProcesses } from './process-tree.js';

// open(2) on Linux; node:fs does not name it.
const O_PATH = 0o10000000;
const BATCH = 16;
const MAKER = '/usr/bin/mkfifo';

/** The two ends of a kernel pipe, both blocking; the caller closes them. */
export interface PipeEnds {
  readonly read: number;
  readonly write: number;
}

/**
 * Kernel pipes for programs to be joined with. Node has no pipe(2), and its sockets are no substitute:
 * a writer whose reader left gets ECONNRESET there instead of SIGPIPE. So these are FIFOs without a name,
 * each used again once nobody holds an end of it.
 */
export class PipePool {
  readonly #fifos: number[] = [];
  #filling: Promise<void> | undefined;

  /** Rejects when the sandbox can make no more. */
  async take(processes: CallProcesses): Promise<PipeEnds> {
    // Another call may have begun to make some and been cancelled: only its own attempts count.
    for (let attempts = 0; attempts < 3; ) {
      const index = this.#fifos.findIndex(isFree);
      const [fifo] = index === -1 ? [] : this.#fifos.splice(index, 1);
      if (fifo !== undefined) {
        // To the back: those in use gather at the front only as long as they are used.
        this.#fifos.push(fifo);
        return openEnds(fifo);
      }
      if (this.#filling === undefined) {
        attempts += 1;
        this.#filling = this.#fill(processes).finally(() => {
          this.#filling = undefined;
        });
      }
      await this.#filling;
    }
    throw new Error('the sandbox could not make a pipe');
  }

  async #fill(processes: CallProcesses): Promise<void> {
    const dir = mkdtempSync(join(tmpdir(), 'pipes-'));
    try {
      const names = Array.from({ length: BATCH }, (_, index) => join(dir, String(index)));
      if (!(await makeFifos(names, processes))) return;
      for (const name of names) {
        this.#fifos.push(openSync(name, O_PATH | constants.O_NOFOLLOW));
        unlinkSync(name);
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
}

async function makeFifos(names: readonly string[], processes: CallProcesses): Promise<boolean> {
  const child: ChildProcess = spawn(MAKER, ['-m', '600', ...names], {
    env: { ...processes.env },
    stdio: 'ignore',
    detached: true,
  });
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    throw error;
  }
  const leader = processes.adopt(child.pid);
  const [code]: unknown[] = await once(child, 'exit');
  leader.exited();
  return code === 0;
}

/** No reader and no writer, also none that slipped away from a call that ended. */
function isFree(fifo: number): boolean {
  return !hasReader(fifo) && !hasWriter(fifo);
}

function hasReader(fifo: number): boolean {
  try {
    closeSync(openSync(nameOf(fifo), constants.O_WRONLY | constants.O_NONBLOCK));
    return true;
  } catch (error) {
    if (isCode(error, 'ENXIO')) return false;
    throw error;
  }
}

function hasWriter(fifo: number): boolean {
  const fd = openSync(nameOf(fifo), constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return readSync(fd, Buffer.alloc(1)) > 0;
  } catch (error) {
    if (isCode(error, 'EAGAIN')) return true;
    throw error;
  } finally {
    closeSync(fd);
  }
}

/** With a first end that is open for both, neither of the blocking ones has to wait for the other. */
function openEnds(fifo: number): PipeEnds {
  const opened: number[] = [];
  const open = (flags: number) => {
    const fd = openSync(nameOf(fifo), flags);
    opened.push(fd);
    return fd;
  };
  const both = openSync(nameOf(fifo), constants.O_RDWR | constants.O_NONBLOCK);
  try {
    return { read: open(constants.O_RDONLY), write: open(constants.O_WRONLY) };
  } catch (error) {
    for (const fd of opened) closeSync(fd);
    throw error;
  } finally {
    closeSync(both);
  }
}

function nameOf(fd: number): string {
  return `/proc/self/fd/${fd}`;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
