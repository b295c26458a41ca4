import * as z from 'zod';
import type { Provider } from '../provider.js';

const statuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  502: 'UNAVAILABLE',
};

const count = z.int().min(0);
const withUsage = z.object({
  usageMetadata: z.object({
    promptTokenCount: count.nullish(),
    candidatesTokenCount: count.nullish(),
    thoughtsTokenCount: count.nullish(),
  }),
});
const chunk = z.object({
  candidates: z.array(z.object({ finishReason: z.string().nullish() })).nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
  error: z.unknown().optional(),
});

/** Gemini API: https://ai.google.dev/api/generate-content. */
export const gemini: Provider = {
  id: 'gemini',
  defaultBaseUrl: 'https://generativelanguage.googleapis.com',
  routes: [
    { method: 'POST', path: '/v1beta/models/{model}:generateContent', queries: [''] },
    { method: 'POST', path: '/v1beta/models/{model}:streamGenerateContent', queries: ['alt=sse'] },
    { method: 'POST', path: '/v1beta/models/{model}:countTokens', queries: [''], free: true },
  ],
  requestHeaders: ['accept'],
  responseHeaders: ['content-type', 'retry-after', 'server-timing'],
  keyHeader: (key) => ({ name: 'x-goog-api-key', value: key }),
  errorBody: (status, message) => ({
    error: {
      code: status,
      message,
      status: statuses[status] ?? (status < 500 ? 'FAILED_PRECONDITION' : 'INTERNAL'),
    },
  }),
  isTerminal(data) {
    if (!/"(?:finishReason|blockReason|error)"/.test(data)) return false;
    const parsed = chunk.safeParse(parseJson(data));
    if (!parsed.success) return false;
    const { candidates, promptFeedback, error } = parsed.data;
    if (error !== undefined || promptFeedback?.blockReason) return true;
    return candidates?.some(({ finishReason }) => Boolean(finishReason)) ?? false;
  },
  readUsage(json) {
    const parsed = withUsage.safeParse(json);
    if (!parsed.success) return {};
    const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount } = parsed.data.usageMetadata;
    return {
      ...(typeof promptTokenCount === 'number' ? { inputTokens: promptTokenCount } : {}),
      ...(typeof candidatesTokenCount === 'number'
        ? { outputTokens: candidatesTokenCount + (thoughtsTokenCount ?? 0) }
        : {}),
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
