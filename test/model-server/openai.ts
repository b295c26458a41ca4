import { z } from 'zod';
import type { Answer, Part, WireProtocol } from './protocol.js';
import { splitText } from './split.js';

const content = z.union([
  z.string(),
  z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
]);
const message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.enum(['system', 'developer', 'user']), content }),
  z.looseObject({
    role: z.literal('assistant'),
    content: content.nullish(),
    tool_calls: z
      .array(
        z.looseObject({
          id: z.string(),
          type: z.literal('function'),
          function: z.looseObject({ name: z.string(), arguments: z.string() }),
        }),
      )
      .min(1)
      .optional(),
  }),
  z.looseObject({ role: z.literal('tool'), tool_call_id: z.string(), content }),
]);
const request = z.looseObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  tools: z
    .array(z.looseObject({ type: z.literal('function'), function: z.looseObject({ name: z.string() }) }))
    .default([]),
});
type Message = z.infer<typeof message>;

/** https://platform.openai.com/docs/api-reference/chat and /chat-streaming. */
export const openai: WireProtocol = {
  matches: (pathname) => pathname === '/v1/chat/completions',
  idHeader: 'x-request-id',
  numbersEveryPart: false,
  readKey: (headers) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1],
  parse(body) {
    const parsed = request.safeParse(body);
    if (!parsed.success) return { status: 400, message: z.prettifyError(parsed.error) };
    const { messages, model, stream, tools, stream_options } = parsed.data;
    const unpaired = findUnpaired(messages);
    if (unpaired !== undefined) return { status: 400, message: unpaired };
    const lastAssistant = messages.findLastIndex(({ role }) => role === 'assistant');
    return {
      model,
      stream: stream ?? false,
      turn: messages.filter(({ role }) => role === 'assistant').length,
      lastToolResult: messages
        .slice(lastAssistant + 1)
        .flatMap((item) => (item.role === 'tool' ? [flatten(item.content)] : []))
        .join('\n'),
      offeredTools: tools.map((tool) => tool.function.name),
      includeUsage: stream_options?.include_usage ?? false,
    };
  },
  errorBody: (error) => ({ error: errorObject(error.status, error.message) }),
  errorFrame: (error) => frame({ error: errorObject(error.status, error.message) }),
  toolId: (turn, index) => `call_Scripted${turn}x${index}`,
  openFrames: (answer) => [chunk(answer, { role: 'assistant', content: '', refusal: null })],
  partFrames(part, index, answer) {
    if (part.kind === 'text') return splitText(part.text).map((text) => chunk(answer, { content: text }));
    const { id, name } = part;
    const head = { index, id, type: 'function', function: { name, arguments: '' } };
    return [
      chunk(answer, { tool_calls: [head] }),
      ...splitText(part.json).map((json) =>
        chunk(answer, { tool_calls: [{ index, function: { arguments: json } }] }),
      ),
    ];
  },
  closeFrames: (answer, parts) => [
    chunk(answer, {}, parts.some(({ kind }) => kind === 'tool') ? 'tool_calls' : 'stop'),
    ...(answer.includeUsage
      ? [frame({ ...envelope(answer, 'chat.completion.chunk'), choices: [], usage: usage(answer) })]
      : []),
    'data: [DONE]\n\n',
  ],
  wholeBody(answer, parts) {
    const text = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('');
    const calls = parts.flatMap((part) => (part.kind === 'tool' ? [wholeCall(part)] : []));
    const reply = { role: 'assistant', content: text === '' ? null : text, refusal: null };
    return {
      ...envelope(answer, 'chat.completion'),
      choices: [
        {
          index: 0,
          message: calls.length > 0 ? { ...reply, tool_calls: calls } : reply,
          logprobs: null,
          finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
        },
      ],
      usage: usage(answer),
    };
  },
};

function envelope({ id, model }: Answer, object: string) {
  return {
    id: `chatcmpl-${id}`,
    object,
    created: Math.floor(Date.now() / 1000),
    model,
    system_fingerprint: null,
  };
}

function usage({ inputTokens, outputTokens }: Answer) {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}

function chunk(answer: Answer, delta: unknown, finish: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
  const withUsage = answer.includeUsage ? { usage: null } : {};
  return frame({ ...envelope(answer, 'chat.completion.chunk'), choices, ...withUsage });
}

function frame(event: unknown): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}

function wholeCall({ id, name, json }: Part & { kind: 'tool' }) {
  return { id, type: 'function', function: { name, arguments: json } };
}

function flatten(value: z.infer<typeof content>): string {
  return typeof value === 'string' ? value : value.map(({ text }) => text ?? '').join('\n');
}

function errorObject(status: number, text: string) {
  if (status === 401)
    return { message: text, type: 'invalid_request_error', param: null, code: 'invalid_api_key' };
  if (status === 429) return { message: text, type: 'requests', param: null, code: 'rate_limit_exceeded' };
  return {
    message: text,
    type: status < 500 ? 'invalid_request_error' : 'server_error',
    param: null,
    code: null,
  };
}

/** The real service refuses tool calls that the messages right after do not answer, and answers to none. */
function findUnpaired(messages: readonly Message[]): string | undefined {
  const open = new Set<string>();
  for (const item of messages) {
    if (item.role === 'tool') {
      if (!open.delete(item.tool_call_id))
        return `messages with role 'tool' must answer a preceding tool call: ${item.tool_call_id}`;
      continue;
    }
    if (open.size > 0) break;
    if (item.role === 'assistant') for (const call of item.tool_calls ?? []) open.add(call.id);
  }
  if (open.size === 0) return undefined;
  return `An assistant message with 'tool_calls' must be followed by tool messages: ${[...open].join(', ')}`;
}
