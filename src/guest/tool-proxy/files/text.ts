import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, readSync } from 'node:fs';
import { limits } from '../../../protocol/limits.js';
import { openBeneath, PathRefusedError } from './beneath.js';

const CHUNK = 64 * 1024;

/** Calls `work` with an open regular file and its size; the descriptor is closed after. */
export function withFile<T>(root: string, path: string, work: (fd: number, size: number) => T): T {
  const fd = openBeneath(root, path, constants.O_RDONLY);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new PathRefusedError('ENOTFILE', `${path} is not a regular file`);
    return work(fd, stat.size);
  } finally {
    closeSync(fd);
  }
}

/** A whole text file. Throws PathRefusedError when it is too large or not text. */
export function readText(root: string, path: string): string {
  return withFile(root, path, (fd, size) => {
    if (size > limits.toolFileBytes) {
      throw new PathRefusedError(
        'ETOOBIG',
        `${path} has ${size} bytes; at most ${limits.toolFileBytes} can be edited`,
      );
    }
    const bytes = readBytes(fd, limits.toolFileBytes);
    requireText(path, bytes, size);
    return bytes.toString('utf8');
  });
}

/** Up to `maxBytes` from `position` on. */
export function readBytes(fd: number, maxBytes: number, position = 0): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < maxBytes) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, maxBytes - size));
    const count = readSync(fd, chunk, 0, chunk.length, position + size);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    size += count;
  }
  return Buffer.concat(chunks);
}

export function requireText(path: string, bytes: Buffer, size: number): void {
  if (bytes.includes(0) || !isUtf8(bytes)) {
    throw new PathRefusedError(
      'EBINARY',
      `${path} is a binary file (${size} bytes); it cannot be shown or edited as text`,
    );
  }
}
