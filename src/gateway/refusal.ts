import { finished } from 'node:stream/promises';
import type { CallContext } from './forward.js';
import type { GatewayCall } from './gateway-types.js';

export interface Refusal {
  readonly status: number;
  /** For people; goes into the container, so it carries nothing of the host's. */
  readonly reason: string;
  readonly retryAfterSeconds?: number;
  /** False tells the services' own clients not to try again. */
  readonly retry?: boolean;
}

/** Answers a call ourselves, in the provider's error form. */
export async function sendRefusal(call: GatewayCall, context: CallContext, refusal: Refusal): Promise<void> {
  context.seen.status = refusal.status;
  context.seen.error ??= refusal.reason;
  if (call.signal.aborted) return;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (refusal.retryAfterSeconds !== undefined) headers['retry-after'] = String(refusal.retryAfterSeconds);
  if (refusal.retry === false) headers['x-should-retry'] = 'false';
  const text = JSON.stringify(context.provider.errorBody(refusal.status, `Airlock: ${refusal.reason}.`));
  const out = call.respond(refusal.status, headers);
  out.end(text);
  // The response may be one half of a duplex whose other half, the request, is never read to its end.
  await finished(out, { readable: false });
  context.seen.bytesOut = Buffer.byteLength(text);
}
