import { withDeadline } from '../base/deadline.js';
import { describeError } from '../base/errors.js';
import type { CallMeter, GatewayCall, GatewayTimeouts } from './gateway-types.js';
import { buildRequestHeaders, pickResponseHeaders } from './headers.js';
import { KeyGuard, redactKey } from './key-guard.js';
import type { ModelResponse, ModelService } from './model-service.js';
import { listOfferedTools } from './offered-tools.js';
import type { Provider } from './provider.js';
import { sendRefusal } from './refusal.js';
import { relay } from './relay.js';
import { type BodyResult, readRequestBody } from './request-body.js';
import { ResponseObserver } from './response-observer.js';
import { refuseServerTools } from './server-tools/refuse-server-tools.js';
import type { ServerToolKind } from './server-tools/server-tool.js';

/** A shorter "key", as local model servers have, is in every other text. */
const MIN_SECRET = 12;

/** What one call needs and what is learnt on the way. */
export interface CallContext {
  readonly provider: Provider;
  readonly service: ModelService;
  readonly timeouts: GatewayTimeouts;
  readonly bodyBytes: number;
  readonly allowServerTools: readonly ServerToolKind[];
  readonly meter: CallMeter | undefined;
  readonly scan: ((json: unknown) => Promise<string | undefined>) | undefined;
  readonly checkTools: ((offered: readonly string[]) => string | undefined) | undefined;
  readonly readKey: () => Promise<string | undefined>;
  readonly signal: AbortSignal;
  readonly seen: {
    status: number;
    bytesIn: number;
    bytesOut: number;
    model?: string;
    inputTokens?: number;
    outputTokens?: number;
    error?: string;
    /** Kept to take it out of messages; never reported. */
    key?: string;
  };
}

/** Carries an allowed call to the service and its answer back. */
export async function forward(
  call: GatewayCall,
  { target, free, model }: { readonly target: string; readonly free: boolean; readonly model?: string },
  context: CallContext,
): Promise<void> {
  const { provider, seen } = context;
  const body = await readBody(call, model, context);
  if (body.kind === 'too-large') {
    return sendRefusal(call, context, {
      status: 413,
      reason: `the request is larger than ${context.bodyBytes} bytes`,
    });
  }
  if (body.kind === 'invalid') return sendRefusal(call, context, { status: 400, reason: body.reason });
  seen.bytesIn = body.bytes.length;
  seen.model = body.model;
  const unfit =
    context.checkTools?.(listOfferedTools(body.json)) ??
    refuseServerTools(provider.id, body.json, context.allowServerTools);
  const held =
    unfit ?? (await context.scan?.(body.json)) ?? (free ? undefined : await context.meter?.admit(body.json));
  if (held !== undefined) return sendRefusal(call, context, { status: 403, reason: held, retry: false });

  const key = await obtainKey(context);
  if (key.kind === 'unusable')
    return sendRefusal(call, context, { status: 401, reason: key.reason, retry: false });
  seen.key = key.value;
  if (key.value.length >= MIN_SECRET && body.bytes.includes(key.value))
    return sendRefusal(call, context, { status: 403, reason: 'it carries the API key itself', retry: false });

  try {
    await exchange(call, target, body.bytes, key.value, context);
  } finally {
    const ok = seen.status >= 200 && seen.status < 300;
    const { inputTokens, outputTokens, bytesIn, bytesOut } = seen;
    const usage = { model: body.model, inputTokens, outputTokens, bytesIn, bytesOut };
    if (!free) context.meter?.record(usage, body.json, ok);
  }
}

async function exchange(
  call: GatewayCall,
  target: string,
  body: Buffer,
  key: string,
  context: CallContext,
): Promise<void> {
  const { provider, seen, signal } = context;
  const headers = buildRequestHeaders(provider, call.headers, body.length, key);
  let response: ModelResponse;
  try {
    response = await context.service.send({ target, headers, body, signal });
  } catch (error) {
    seen.error = describeError(error);
    return sendRefusal(call, context, { status: 502, reason: 'the model service could not be reached' });
  }
  await answer(call, response, key, context);
}

async function answer(
  call: GatewayCall,
  response: ModelResponse,
  key: string,
  context: CallContext,
): Promise<void> {
  const { provider, seen, signal } = context;
  const status = response.statusCode ?? 0;
  const unfit = findUnfit(status, response);
  if (unfit !== undefined) {
    response.destroy();
    return sendRefusal(call, context, { status: 502, reason: unfit });
  }
  const headers = pickResponseHeaders(provider, response.headers);
  for (const [name, value] of Object.entries(headers)) headers[name] = redactKey(value, key);
  const observer = new ResponseObserver(provider, response.headers['content-type']);
  seen.status = status;
  try {
    await relay(response, call.respond(status, headers), {
      guard: new KeyGuard(key),
      observer,
      idleMs: context.timeouts.idle,
      signal,
      onBytes: (count) => {
        seen.bytesOut += count;
      },
    });
    if (status >= 400) seen.error = `the model service answered ${status}`;
  } finally {
    Object.assign(seen, observer.usage);
  }
}

function findUnfit(status: number, response: ModelResponse): string | undefined {
  if (status >= 300 && status < 400) return 'the model service redirects, which is not followed';
  if (status < 200 || status > 599) return `the model service answered with status ${status}`;
  const encoding = response.headers['content-encoding'] ?? 'identity';
  return encoding === 'identity'
    ? undefined
    : 'the model service compressed its answer, which was not asked for';
}

function readBody(
  call: GatewayCall,
  model: string | undefined,
  { bodyBytes, signal, timeouts }: CallContext,
): Promise<BodyResult> {
  const late = () => new Error(`the request body took longer than ${timeouts.body} ms`);
  return withDeadline(timeouts.body, late, (expired) =>
    readRequestBody(call.body, bodyBytes, AbortSignal.any([signal, expired]), model),
  );
}

type KeyResult =
  | { readonly kind: 'ok'; readonly value: string }
  | { readonly kind: 'unusable'; readonly reason: string };

async function obtainKey({ provider, readKey, seen }: CallContext): Promise<KeyResult> {
  const stored = await readKey().catch((error: unknown) => {
    seen.error = `the key could not be read: ${error instanceof Error ? error.name : 'unknown error'}`;
    return undefined;
  });
  const value = stored?.trim() ?? '';
  if (value === '') {
    return {
      kind: 'unusable',
      reason: `no API key is stored for ${provider.id}; the user can set one with "Airlock: Set API Key"`,
    };
  }
  // Anything else could end the header early, or be a file that was picked by mistake.
  if (!/^[\x21-\x7e]{1,4096}$/.test(value)) {
    return {
      kind: 'unusable',
      reason: `the API key stored for ${provider.id} has characters that no key has`,
    };
  }
  return { kind: 'ok', value };
}
