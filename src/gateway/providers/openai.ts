import * as z from 'zod';
import type { Provider } from '../provider.js';

const count = z.int().min(0);
const withUsage = z.object({ usage: z.object({ prompt_tokens: count, completion_tokens: count }).nullish() });

/** OpenAI Chat Completions: https://platform.openai.com/docs/api-reference/chat. */
export const openai: Provider = {
  id: 'openai',
  defaultBaseUrl: 'https://api.openai.com',
  routes: [{ method: 'POST', path: '/v1/chat/completions', queries: [''] }],
  requestHeaders: ['accept', 'openai-beta'],
  responseHeaders: ['content-type', 'retry-after', 'retry-after-ms', 'x-request-id', 'x-ratelimit-*'],
  keyHeader: (key) => ({ name: 'authorization', value: `Bearer ${key}` }),
  errorBody: (status, message) => ({
    error: { message, type: errorType(status), param: null, code: errorCode(status) },
  }),
  isTerminal: (data) => data === '[DONE]',
  readUsage(json) {
    const parsed = withUsage.safeParse(json);
    if (!parsed.success || !parsed.data.usage) return {};
    return {
      inputTokens: parsed.data.usage.prompt_tokens,
      outputTokens: parsed.data.usage.completion_tokens,
    };
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
