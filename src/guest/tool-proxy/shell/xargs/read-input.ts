import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from '../../files/beneath.js';
import type { Handle } from '../handle.js';

const CHUNK = 64 * 1024;
const EMPTY_PIPE_MS = 2;
const O_ACCMODE = 3;

/**
 * The bytes of a descriptor up to its end, as they come; the event loop is never blocked. `check` throws when the
 * script has been stopped. What cannot be read any further ends there, after `report` has been told why.
 */
export async function* readInput(
  handle: Handle,
  check: () => void,
  report: (error: unknown) => void,
): AsyncGenerator<Buffer, void, void> {
  const fd = await handle.descriptor();
  if (isWriteOnly(fd)) return report(Object.assign(new Error('bad file descriptor'), { code: 'EBADF' }));
  // The programs' end of a pipe blocks, so reading here has an end of its own that does not.
  const own = fstatSync(fd).isFIFO()
    ? openSync(`/proc/self/fd/${fd}`, constants.O_RDONLY | constants.O_NONBLOCK)
    : undefined;
  try {
    for (;;) {
      check();
      const chunk = readSome(own ?? fd, report);
      if (chunk === undefined) await delay(EMPTY_PIPE_MS);
      else if (chunk.length === 0) return;
      else yield chunk;
    }
  } finally {
    if (own !== undefined) closeSync(own);
  }
}

/** Empty at the end; undefined when there is nothing yet. */
function readSome(fd: number, report: (error: unknown) => void): Buffer | undefined {
  const chunk = Buffer.allocUnsafe(CHUNK);
  try {
    return chunk.subarray(0, readSync(fd, chunk));
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return undefined;
    report(error);
    return Buffer.alloc(0);
  }
}

/** `<&1`: opening a pipe's writing end anew would give its reading end. See proc(5). */
function isWriteOnly(fd: number): boolean {
  const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? '1';
  return (Number.parseInt(flags, 8) & O_ACCMODE) === constants.O_WRONLY;
}
