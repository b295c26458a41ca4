import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { toVisibleLine } from '../../base/visible-text.js';
import { maxModelBodyBytes } from '../../protocol/bridge.js';
import { readBounded } from '../../protocol/ndjson.js';
import { type BridgeAddress, postJson } from './bridge-http.js';
import { ModelError, truncated } from './model-error.js';
import { readSse, type SseEvent } from './sse.js';

/** A model that sends nothing for this long has hung; a stream that is alive sends pings or text. */
const MODEL_IDLE_MS = 300_000;
const MAX_ERROR_BYTES = 64 * 1024;
const RETRYABLE = new Set([408, 409, 425, 429, 500, 502, 503, 504, 529]);

/** Makes one streaming model call and yields its events. Throws `ModelError`, or the abort's own error. */
export async function* callModel(
  bridge: BridgeAddress,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<SseEvent> {
  const json = JSON.stringify(body);
  if (Buffer.byteLength(json) > maxModelBodyBytes) {
    throw new ModelError('The conversation has grown too large for one model call.');
  }
  const response = await connect(bridge, path, json, headers, signal);
  try {
    await refuseUnlessStream(response);
    yield* readSse(readBody(response, signal));
  } finally {
    response.destroy();
  }
}

async function connect(
  bridge: BridgeAddress,
  path: string,
  json: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  try {
    return await postJson(bridge, path, json, headers, signal, MODEL_IDLE_MS);
  } catch (error) {
    signal.throwIfAborted();
    throw new ModelError('The model could not be reached.', { retryable: true, cause: error });
  }
}

async function* readBody(response: IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* response;
  } catch (error) {
    signal.throwIfAborted();
    throw new ModelError(truncated().message, { cause: error });
  }
}

async function refuseUnlessStream(response: IncomingMessage): Promise<void> {
  const status = response.statusCode ?? 0;
  const type = response.headers['content-type'] ?? '';
  if (status === 200 && type.startsWith('text/event-stream')) return;
  const detail = describeBody(
    await readBounded(response, MAX_ERROR_BYTES).catch(() => Buffer.from('unreadable')),
  );
  if (status === 200) throw new ModelError(`The model did not answer with a stream but with ${detail}`);
  throw new ModelError(describeRefusal(status, detail), {
    status,
    retryable: RETRYABLE.has(status),
    retryAfterMs: readRetryAfter(response.headers['retry-after']),
  });
}

function describeRefusal(status: number, detail: string): string {
  // The gateway's own words: the service was never asked, and only a missing key is about the key.
  const own = /^Airlock: (.*)$/s.exec(detail)?.[1];
  if (own !== undefined && status !== 401) return `The model call failed: ${own.replace(/\.$/, '')}`;
  return `${describeStatus(status)} (HTTP ${status}): ${detail}`;
}

function describeStatus(status: number): string {
  if (status === 401 || status === 403) return 'The model API refused the key';
  if (status === 429) return 'The model API limits the rate of calls';
  if (status === 529 || status === 503) return 'The model API is overloaded';
  return 'The model API refused the call';
}

const message = z.object({ message: z.string() });
const errorBody = z.object({
  error: z.union([message, z.string().transform((text) => ({ message: text }))]),
});

function describeBody(body: Buffer): string {
  const text = body.toString('utf8');
  try {
    return toVisibleLine(errorBody.parse(JSON.parse(text)).error.message, 500);
  } catch {
    // Not the usual error shape: the text itself says more than nothing.
    return toVisibleLine(text.trim(), 200) || 'no explanation';
  }
}

/** RFC 9110, 10.2.3: seconds or a date. */
export function readRetryAfter(value: string | undefined, now: number = Date.now()): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
