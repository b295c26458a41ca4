import { readChunks } from './chunks.js';
import { limits } from './limits.js';

/** Thrown on a line over the bound; the stream it came from must be given up. */
export class LineTooLongError extends Error {
  constructor() {
    super(`a line is longer than ${limits.jsonBytes} bytes`);
    this.name = 'LineTooLongError';
  }
}

/** Lines of a byte stream, without their newline, empty ones left out, each at most `maxBytes` long. */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number = limits.jsonBytes,
): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  let size = 0;
  for await (const chunk of readChunks(source)) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      if (size + end > maxBytes) throw new LineTooLongError();
      const line = Buffer.concat([...pending, rest.subarray(0, end)]).toString('utf8');
      pending = [];
      size = 0;
      rest = rest.subarray(end + 1);
      if (line !== '') yield line;
    }
    if (rest.length === 0) continue;
    size += rest.length;
    if (size > maxBytes) throw new LineTooLongError();
    pending.push(rest);
  }
  if (size > 0) yield Buffer.concat(pending).toString('utf8');
}

/** Reads a whole body, at most `maxBytes`; rejects beyond. */
export async function readBounded(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readChunks(source)) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`the body is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
