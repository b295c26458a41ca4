import type { Readable } from 'node:stream';
import * as z from 'zod';
import { toVisibleLine } from '../base/visible-text.js';
import { hasDuplicateKeys } from './duplicate-keys.js';

export type BodyResult =
  /** `model` is what the request names, made visible and short. */
  | { readonly kind: 'ok'; readonly bytes: Buffer; readonly json: unknown; readonly model: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'invalid'; readonly reason: string };

const jsonObject = z.looseObject({});
const modelRequest = z.looseObject({ model: z.string().min(1).max(256) });

/** Reads the whole body, bounded. Rejects when the stream fails or the signal aborts. */
export async function readRequestBody(
  body: Readable,
  maxBytes: number,
  signal: AbortSignal,
  /** Named by the path; otherwise the body must. */
  model?: string,
): Promise<BodyResult> {
  const chunks: Buffer[] = [];
  let size = 0;
  const abort = () => body.destroy(new Error('the call was given up'));
  signal.throwIfAborted();
  signal.addEventListener('abort', abort, { once: true });
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > maxBytes) return { kind: 'too-large' };
      chunks.push(bytes);
    }
  } finally {
    signal.removeEventListener('abort', abort);
  }
  return checkBody(Buffer.concat(chunks), model);
}

function checkBody(bytes: Buffer, model: string | undefined): BodyResult {
  let json: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    json = JSON.parse(text);
  } catch {
    // The parser's message would quote the body.
    return { kind: 'invalid', reason: 'the body is not JSON in UTF-8' };
  }
  if (hasDuplicateKeys(text, json))
    return { kind: 'invalid', reason: 'the body names a key of an object twice' };
  if (model !== undefined) {
    if (!jsonObject.safeParse(json).success)
      return { kind: 'invalid', reason: 'the body is not a JSON object' };
    return { kind: 'ok', bytes, json, model };
  }
  const parsed = modelRequest.safeParse(json);
  if (!parsed.success) return { kind: 'invalid', reason: 'the body is not an object that names a model' };
  return { kind: 'ok', bytes, json, model: toVisibleLine(parsed.data.model, 128) };
}
