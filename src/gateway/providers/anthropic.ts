import * as z from 'zod';
import type { Provider } from '../provider.js';

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
};

const count = z.int().min(0);
const usage = z.object({
  input_tokens: count.nullish(),
  cache_creation_input_tokens: count.nullish(),
  cache_read_input_tokens: count.nullish(),
  output_tokens: count.nullish(),
});
const withUsage = z.object({
  usage: usage.optional(),
  message: z.object({ usage: usage.optional() }).optional(),
});
const event = z.object({ type: z.string() });

/** Anthropic Messages: https://docs.anthropic.com/en/api/messages. */
export const anthropic: Provider = {
  id: 'anthropic',
  defaultBaseUrl: 'https://api.anthropic.com',
  routes: [
    { method: 'POST', path: '/v1/messages', queries: ['', 'beta=true'] },
    { method: 'POST', path: '/v1/messages/count_tokens', queries: ['', 'beta=true'], free: true },
  ],
  requestHeaders: ['accept', 'anthropic-version', 'anthropic-beta'],
  responseHeaders: ['content-type', 'retry-after', 'request-id', 'anthropic-ratelimit-*'],
  keyHeader: (key) => ({ name: 'x-api-key', value: key }),
  errorBody: (status, message) => ({
    type: 'error',
    error: { type: errorTypes[status] ?? 'api_error', message },
  }),
  isTerminal(data) {
    // An error event is the other way a stream ends, and the client has then been told.
    if (!data.includes('message_stop') && !data.includes('"error"')) return false;
    const parsed = event.safeParse(parseJson(data));
    return parsed.success && (parsed.data.type === 'message_stop' || parsed.data.type === 'error');
  },
  readUsage(json) {
    const parsed = withUsage.safeParse(json);
    const found = parsed.success ? (parsed.data.message?.usage ?? parsed.data.usage) : undefined;
    if (found === undefined) return {};
    const cached = (found.cache_creation_input_tokens ?? 0) + (found.cache_read_input_tokens ?? 0);
    return {
      ...(typeof found.input_tokens === 'number' ? { inputTokens: found.input_tokens + cached } : {}),
      ...(typeof found.output_tokens === 'number' ? { outputTokens: found.output_tokens } : {}),
    };
  },
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not a terminal event; the client sees the bytes as they are.
    return undefined;
  }
}
