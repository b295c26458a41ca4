import { z } from 'zod';
import type { Answer, Part, WireProtocol } from './protocol.js';
import { splitText } from './split.js';

const textOf = z.union([
  z.string(),
  z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
]);
const contentBlock = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string().min(1) }),
  z.looseObject({ type: z.literal('image') }),
  z.looseObject({ type: z.literal('thinking') }),
  z.looseObject({
    type: z.literal('tool_use'),
    id: z.string(),
    name: z.string(),
    input: z.record(z.string(), z.unknown()),
  }),
  z.looseObject({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    content: textOf.optional(),
    is_error: z.boolean().optional(),
  }),
]);
const message = z.looseObject({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string(), z.array(contentBlock)]),
});
const request = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().default(false),
  tools: z.array(z.looseObject({ name: z.string() })).default([]),
});
type Message = z.infer<typeof message>;

const errorTypes: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** https://docs.anthropic.com/en/api/messages and /messages-streaming. */
export const anthropic: WireProtocol = {
  matches: (pathname) => pathname === '/v1/messages',
  idHeader: 'request-id',
  numbersEveryPart: true,
  readKey: (headers) => headers['x-api-key']?.toString(),
  parse(body, headers) {
    if (!headers['anthropic-version']) return invalid('anthropic-version: header is required');
    const parsed = request.safeParse(body);
    if (!parsed.success) return invalid(z.prettifyError(parsed.error));
    const { messages, model, stream, tools } = parsed.data;
    if (messages[0]?.role !== 'user') return invalid('messages: first message must use the "user" role');
    const unpaired = findUnpaired(messages);
    if (unpaired !== undefined) return invalid(unpaired);
    const last = messages.at(-1);
    return {
      model,
      stream,
      turn: messages.filter(({ role }) => role === 'assistant').length,
      lastToolResult:
        last === undefined
          ? ''
          : toolResults(last)
              .map(({ text }) => text)
              .join('\n'),
      offeredTools: tools.map(({ name }) => name),
      includeUsage: true,
    };
  },
  errorBody: ({ status, message }) => ({
    type: 'error',
    error: { type: errorTypes[status] ?? 'api_error', message },
    request_id: 'req_scripted',
  }),
  errorFrame: ({ status, message }) =>
    frame({ type: 'error', error: { type: errorTypes[status] ?? 'api_error', message } }),
  toolId: (turn, index) => `toolu_01Scripted${turn}x${index}`,
  openFrames: (answer) => [
    frame({
      type: 'message_start',
      message: {
        ...emptyMessage(answer),
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: answer.inputTokens, output_tokens: 1 },
      },
    }),
  ],
  partFrames(part, index) {
    const start =
      part.kind === 'text'
        ? { type: 'text', text: '' }
        : { type: 'tool_use', id: part.id, name: part.name, input: {} };
    const deltas =
      part.kind === 'text'
        ? splitText(part.text).map((text) => ({ type: 'text_delta', text }))
        : ['', ...splitText(part.json)].map((partial_json) => ({ type: 'input_json_delta', partial_json }));
    return [
      frame({ type: 'content_block_start', index, content_block: start }),
      ...(index === 0 ? [frame({ type: 'ping' })] : []),
      ...deltas.map((delta) => frame({ type: 'content_block_delta', index, delta })),
      frame({ type: 'content_block_stop', index }),
    ];
  },
  closeFrames: (answer, parts) => [
    frame({
      type: 'message_delta',
      delta: {
        stop_reason: parts.some(({ kind }) => kind === 'tool') ? 'tool_use' : 'end_turn',
        stop_sequence: null,
      },
      usage: { output_tokens: answer.outputTokens },
    }),
    frame({ type: 'message_stop' }),
  ],
  wholeBody: (answer, parts) => ({
    ...emptyMessage(answer),
    content: parts.map(wholePart),
    stop_reason: parts.some(({ kind }) => kind === 'tool') ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: answer.inputTokens, output_tokens: answer.outputTokens },
  }),
};

function emptyMessage({ id, model }: Answer) {
  return { id: `msg_${id}`, type: 'message', role: 'assistant', model };
}

function wholePart(part: Part) {
  if (part.kind === 'text') return { type: 'text', text: part.text };
  return { type: 'tool_use', id: part.id, name: part.name, input: JSON.parse(part.json) as unknown };
}

function frame(event: { type: string; [key: string]: unknown }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function invalid(text: string) {
  return { status: 400, message: text };
}

function toolResults({ content }: Message): { id: string; text: string }[] {
  if (typeof content === 'string') return [];
  return content.flatMap((block) =>
    block.type === 'tool_result' ? [{ id: block.tool_use_id, text: flatten(block.content) }] : [],
  );
}

function flatten(content: z.infer<typeof textOf> | undefined): string {
  if (content === undefined || typeof content === 'string') return content ?? '';
  return content.map(({ text }) => text ?? '').join('\n');
}

/** The real service refuses a tool_use that the next message does not answer, and an answer to none. */
function findUnpaired(messages: readonly Message[]): string | undefined {
  let open: string[] = [];
  for (const [index, current] of messages.entries()) {
    const answered = toolResults(current).map(({ id }) => id);
    const missing = open.find((id) => !answered.includes(id));
    if (missing !== undefined)
      return `messages.${index}: tool_use ids without tool_result blocks immediately after: ${missing}`;
    const stray = answered.find((id) => !open.includes(id));
    if (stray !== undefined)
      return `messages.${index}: unexpected tool_use_id in tool_result blocks: ${stray}`;
    const { content } = current;
    open =
      typeof content === 'string'
        ? []
        : content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
  }
  return open.length > 0 ? 'messages: final assistant message has unanswered tool_use blocks' : undefined;
}
