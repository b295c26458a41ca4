import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { sha256 } from '../base/hash.js';

export interface LogEnd {
  readonly lines: number;
  /** SHA-256 of the last whole line; of nothing for an empty log. */
  readonly hash: string;
  /** Bytes of an unfinished last line, left by a crash and removed. */
  readonly tornBytes: number;
}

/** Where to go on in an existing log. Reads it once, in pieces. */
export async function readEnd(handle: FileHandle): Promise<LogEnd> {
  const piece = Buffer.alloc(256 * 1024);
  let lines = 0;
  let hash = sha256('');
  let current = createHash('sha256');
  let position = 0;
  let lineStart = 0;
  for (;;) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, position);
    if (bytesRead === 0) break;
    let rest = piece.subarray(0, bytesRead);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      hash = current.update(rest.subarray(0, end)).digest('hex');
      current = createHash('sha256');
      lines += 1;
      rest = rest.subarray(end + 1);
      lineStart = position + bytesRead - rest.length;
    }
    current.update(rest);
    position += bytesRead;
  }
  const tornBytes = position - lineStart;
  if (tornBytes > 0) await handle.truncate(lineStart);
  return { lines, hash, tornBytes };
}
