import { TextDecoder } from 'node:util';
import { limits } from '../../protocol/limits.js';
import { malformed } from './model-error.js';

export interface SseEvent {
  /** Empty when the server gave no name. */
  readonly event: string;
  readonly data: string;
}

/**
 * The events of a `text/event-stream` body (HTML Living Standard, 9.2.6). An event that the body's end
 * cuts off is not reported. Throws `ModelError` over `maxChars` in one line or one event, and on bad UTF-8.
 */
export async function* readSse(
  source: AsyncIterable<Uint8Array>,
  maxChars: number = limits.jsonBytes,
): AsyncGenerator<SseEvent> {
  let event = '';
  let data: string[] = [];
  let size = 0;
  for await (const line of readSseLines(source, maxChars)) {
    if (line === '') {
      if (data.length > 0) yield { event, data: data.join('\n') };
      event = '';
      data = [];
      size = 0;
      continue;
    }
    const { field, value } = splitField(line);
    if (field === 'event') event = value;
    if (field !== 'data') continue;
    size += value.length + 1;
    if (size > maxChars) throw malformed(`one event is longer than ${maxChars} characters`);
    data.push(value);
  }
}

function splitField(line: string): { field: string; value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { field: line, value: '' };
  const start = line[colon + 1] === ' ' ? colon + 2 : colon + 1;
  return { field: line.slice(0, colon), value: line.slice(start) };
}

/** Lines end in LF, CRLF or CR. */
async function* readSseLines(source: AsyncIterable<Uint8Array>, maxChars: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let pending = '';
  let afterCr = false;
  for await (const chunk of source) {
    let text = decode(decoder, chunk);
    if (text === '') continue;
    if (afterCr && text.startsWith('\n')) text = text.slice(1);
    afterCr = text.endsWith('\r');
    const lines = (pending + text).split(/\r\n|\n|\r/);
    pending = lines.pop() ?? '';
    for (const line of lines) {
      if (line.length > maxChars) throw malformed(`a line is longer than ${maxChars} characters`);
      yield line;
    }
    if (pending.length > maxChars) throw malformed(`a line is longer than ${maxChars} characters`);
  }
}

function decode(decoder: TextDecoder, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw malformed('it is not UTF-8', error);
  }
}
