import { z } from 'zod';
import type { Answer, ModelError, Part, WireProtocol } from './protocol.js';
import { splitText } from './split.js';

const part = z.looseObject({
  text: z.string().optional(),
  functionCall: z.looseObject({ name: z.string() }).optional(),
  functionResponse: z.looseObject({ name: z.string(), response: z.unknown() }).optional(),
});
const content = z.looseObject({
  role: z.enum(['user', 'model', 'function']).optional(),
  parts: z.array(part).min(1),
});
const request = z.looseObject({
  contents: z.array(content).min(1),
  tools: z
    .array(z.looseObject({ functionDeclarations: z.array(z.looseObject({ name: z.string() })).optional() }))
    .nullish(),
});
const PATH = /^\/v1beta\/models\/([A-Za-z0-9._-]+):(generateContent|streamGenerateContent)$/;

const statuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

/** https://ai.google.dev/api/generate-content. */
export const gemini: WireProtocol = {
  matches: (pathname) => PATH.test(pathname),
  idHeader: 'x-request-id',
  numbersEveryPart: true,
  readKey: (headers) =>
    typeof headers['x-goog-api-key'] === 'string' ? headers['x-goog-api-key'] : undefined,
  parse(body, _headers, pathname) {
    const parsed = request.safeParse(body);
    if (!parsed.success) return { status: 400, message: z.prettifyError(parsed.error) };
    const [, model = '', method] = PATH.exec(pathname) ?? [];
    const { contents, tools } = parsed.data;
    const roles = contents.map(({ role }) => role ?? 'user');
    const last = contents[roles.lastIndexOf('model') + 1];
    return {
      model,
      stream: method === 'streamGenerateContent',
      turn: roles.filter((role, index) => role === 'model' && roles[index - 1] !== 'model').length,
      lastToolResult: contents
        .slice(last === undefined ? contents.length : contents.indexOf(last))
        .flatMap(({ parts }) => parts)
        .flatMap(({ functionResponse }) =>
          functionResponse === undefined ? [] : [JSON.stringify(functionResponse.response)],
        )
        .join('\n'),
      offeredTools: (tools ?? []).flatMap(({ functionDeclarations }) =>
        (functionDeclarations ?? []).map(({ name }) => name),
      ),
      includeUsage: true,
    };
  },
  errorBody,
  errorFrame: (error) => frame(errorBody(error)),
  toolId: (turn, index) => `call-scripted-${turn}-${index}`,
  openFrames: () => [],
  partFrames(each, _index, answer) {
    if (each.kind === 'tool') return [frame(chunk(answer, [toPart(each)]))];
    return splitText(each.text).map((text) => frame(chunk(answer, [{ text }])));
  },
  closeFrames: (answer) => [frame(lastChunk(answer, [{ text: '' }]))],
  wholeBody: (answer, parts) => lastChunk(answer, parts.map(toPart)),
};

function errorBody({ status, message }: ModelError): unknown {
  return { error: { code: status, message, status: statuses[status] ?? 'INTERNAL' } };
}

function chunk({ id, model }: Answer, parts: readonly unknown[]) {
  return {
    candidates: [{ content: { role: 'model', parts }, index: 0 }],
    modelVersion: model,
    responseId: id,
  };
}

function lastChunk(answer: Answer, parts: readonly unknown[]) {
  const { inputTokens, outputTokens } = answer;
  const { candidates, ...rest } = chunk(answer, parts);
  return {
    candidates: candidates.map((candidate) => ({ ...candidate, finishReason: 'STOP' })),
    ...rest,
    usageMetadata: {
      promptTokenCount: inputTokens,
      candidatesTokenCount: outputTokens,
      totalTokenCount: inputTokens + outputTokens,
    },
  };
}

function toPart(each: Part): unknown {
  if (each.kind === 'text') return { text: each.text };
  return { functionCall: { id: each.id, name: each.name, args: JSON.parse(each.json) as unknown } };
}

function frame(data: unknown): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`;
}
