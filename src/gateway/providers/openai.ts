import * as z from 'zod';
import type { Provider } from '../provider.js';

const count = z.int().min(0);
const usage = z.union([
  z.object({ prompt_tokens: count, completion_tokens: count }),
  z
    .object({ input_tokens: count, output_tokens: count })
    .transform((told) => ({ prompt_tokens: told.input_tokens, completion_tokens: told.output_tokens })),
]);
const withUsage = z.object({
  usage: usage.nullish(),
  response: z.object({ usage: usage.nullish() }).nullish(),
});
const event = z.object({ type: z.string() });
/** The last events of a Responses stream. */
const lastEvents = new Set(['response.completed', 'response.incomplete', 'response.failed', 'error']);

/** OpenAI Chat Completions and Responses: https://platform.openai.com/docs/api-reference. */
export const openai: Provider = {
  id: 'openai',
  defaultBaseUrl: 'https://api.openai.com',
  routes: [
    { method: 'POST', path: '/v1/chat/completions', queries: [''] },
    { method: 'POST', path: '/v1/responses', queries: [''] },
  ],
  requestHeaders: ['accept', 'openai-beta'],
  responseHeaders: ['content-type', 'retry-after', 'retry-after-ms', 'x-request-id', 'x-ratelimit-*'],
  keyHeader: (key) => ({ name: 'authorization', value: `Bearer ${key}` }),
  errorBody: (status, message) => ({
    error: { message, type: errorType(status), param: null, code: errorCode(status) },
  }),
  isTerminal(data) {
    if (data === '[DONE]') return true;
    if (!/"(?:response\.(?:completed|incomplete|failed)|error)"/.test(data)) return false;
    const parsed = event.safeParse(parseJson(data));
    return parsed.success && lastEvents.has(parsed.data.type);
  },
  readUsage(json) {
    const parsed = withUsage.safeParse(json);
    const found = parsed.success ? (parsed.data.usage ?? parsed.data.response?.usage) : undefined;
    if (!found) return {};
    return { inputTokens: found.prompt_tokens, outputTokens: found.completion_tokens };
  },
};

function errorType(status: number): string {
  if (status === 429) return 'requests';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}

function errorCode(status: number): string | null {
  if (status === 401) return 'invalid_api_key';
  if (status === 429) return 'rate_limit_exceeded';
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not a terminal event; the client sees the bytes as they are.
    return undefined;
  }
}
