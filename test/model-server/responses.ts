import { z } from 'zod';
import { openai } from './openai.js';
import type { Answer, Part, WireProtocol } from './protocol.js';
import { splitText } from './split.js';

const piece = z.looseObject({ type: z.string(), text: z.string().optional() });
const output = z.union([z.string(), z.array(piece)]);
const item = z.union([
  z.looseObject({
    type: z.literal('function_call'),
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
  }),
  z.looseObject({ type: z.literal('function_call_output'), call_id: z.string(), output }),
  z.looseObject({ type: z.literal('reasoning') }),
  z.looseObject({
    type: z.literal('message').optional(),
    role: z.enum(['system', 'developer', 'user', 'assistant']),
    content: z.union([z.string(), z.array(piece)]),
  }),
]);
const plainTool = z.looseObject({ type: z.string(), name: z.string().optional() });
const request = z.looseObject({
  model: z.string().min(1),
  input: z.union([
    z.string().transform((content) => [{ role: 'user' as const, content }]),
    z.array(item).min(1),
  ]),
  stream: z.boolean().nullish(),
  tools: z
    .array(
      z.looseObject({ type: z.string(), name: z.string().optional(), tools: z.array(plainTool).optional() }),
    )
    .nullish(),
});
type Item = z.infer<typeof item>;

/** https://platform.openai.com/docs/api-reference/responses and /responses-streaming. */
export const responses: WireProtocol = {
  matches: (pathname) => pathname === '/v1/responses',
  idHeader: 'x-request-id',
  numbersEveryPart: true,
  readKey: openai.readKey,
  parse(body) {
    const parsed = request.safeParse(body);
    if (!parsed.success) return { status: 400, message: z.prettifyError(parsed.error) };
    const { input, model, stream, tools } = parsed.data;
    const unpaired = findUnpaired(input);
    if (unpaired !== undefined) return { status: 400, message: unpaired };
    const lastSaid = input.findLastIndex(isAnswer);
    return {
      model,
      stream: stream ?? false,
      turn: input.filter((each, index) => isAnswer(each) && !isAnswerAt(input, index - 1)).length,
      lastToolResult: input
        .slice(lastSaid + 1)
        .flatMap((each) => (isResult(each) ? [flatten(each.output)] : []))
        .join('\n'),
      offeredTools: (tools ?? []).flatMap(({ type, name, tools: inner }) =>
        type === 'namespace'
          ? (inner ?? []).map((tool) => `${name ?? ''}.${tool.name ?? tool.type}`)
          : [name ?? type],
      ),
      includeUsage: true,
    };
  },
  errorBody: openai.errorBody,
  errorFrame: ({ message }) => frame({ type: 'error', code: 'server_error', message, param: null }),
  toolId: (turn, index) => `call_Scripted${turn}x${index}`,
  openFrames: (answer) => [
    event(answer, 'response.created', { response: whole(answer, 'in_progress', []) }),
    event(answer, 'response.in_progress', { response: whole(answer, 'in_progress', []) }),
  ],
  partFrames(part, index, answer) {
    const done = toItem(part, index, answer, 'completed');
    const at = { output_index: index, item_id: done.id };
    const added = event(answer, 'response.output_item.added', {
      output_index: index,
      item: {
        ...toItem(part, index, answer, 'in_progress'),
        ...(part.kind === 'text' ? { content: [] } : { arguments: '' }),
      },
    });
    const ended = event(answer, 'response.output_item.done', { output_index: index, item: done });
    if (part.kind === 'tool')
      return [
        added,
        ...splitText(part.json).map((delta) =>
          event(answer, 'response.function_call_arguments.delta', { ...at, delta }),
        ),
        event(answer, 'response.function_call_arguments.done', { ...at, arguments: part.json }),
        ended,
      ];
    const place = { ...at, content_index: 0 };
    return [
      added,
      event(answer, 'response.content_part.added', { ...place, part: textPart('') }),
      ...splitText(part.text).map((delta) =>
        event(answer, 'response.output_text.delta', { ...place, delta }),
      ),
      event(answer, 'response.output_text.done', { ...place, text: part.text }),
      event(answer, 'response.content_part.done', { ...place, part: textPart(part.text) }),
      ended,
    ];
  },
  closeFrames: (answer, parts) => [
    event(answer, 'response.completed', { response: whole(answer, 'completed', parts) }),
  ],
  wholeBody: (answer, parts) => whole(answer, 'completed', parts),
};

function whole(answer: Answer, status: string, parts: readonly Part[]) {
  const { inputTokens, outputTokens } = answer;
  return {
    id: `resp_${answer.id}`,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status,
    error: null,
    incomplete_details: null,
    model: answer.model,
    output: parts.map((part, index) => toItem(part, index, answer, 'completed')),
    usage:
      status === 'completed'
        ? {
            input_tokens: inputTokens,
            input_tokens_details: { cached_tokens: 0 },
            output_tokens: outputTokens,
            output_tokens_details: { reasoning_tokens: 0 },
            total_tokens: inputTokens + outputTokens,
          }
        : null,
  };
}

function toItem(part: Part, index: number, answer: Answer, status: string) {
  if (part.kind === 'text') {
    const id = `msg_${answer.id}_${index}`;
    return { id, type: 'message', status, role: 'assistant', content: [textPart(part.text)] };
  }
  const dot = part.name.lastIndexOf('.');
  const name = part.name.slice(dot + 1);
  const namespace = dot < 0 ? {} : { namespace: part.name.slice(0, dot) };
  const id = `fc_${answer.id}_${index}`;
  return { id, type: 'function_call', status, call_id: part.id, name, ...namespace, arguments: part.json };
}

function textPart(text: string) {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

function event(answer: Answer, type: string, fields: object): string {
  return `event: ${type}\n${frame({ type, sequence_number: answer.nextNumber(), ...fields })}`;
}

function frame(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function isAnswer(each: Item): boolean {
  if (each.type === 'function_call' || each.type === 'reasoning') return true;
  return 'role' in each && each.role === 'assistant';
}

function isAnswerAt(items: readonly Item[], index: number): boolean {
  const each = items[index];
  return each !== undefined && isAnswer(each);
}

function isResult(
  each: Item,
): each is Item & { type: 'function_call_output'; output: z.infer<typeof output> } {
  return each.type === 'function_call_output';
}

function flatten(value: z.infer<typeof output>): string {
  return typeof value === 'string' ? value : value.map(({ text }) => text ?? '').join('\n');
}

/** The real service refuses an output whose call it does not find. */
function findUnpaired(items: readonly Item[]): string | undefined {
  const calls = new Set<string>();
  for (const each of items) {
    if (each.type === 'function_call' && typeof each.call_id === 'string') calls.add(each.call_id);
    if (isResult(each) && !calls.has(String(each.call_id)))
      return `No tool call found for function call output with call_id ${String(each.call_id)}.`;
  }
  return undefined;
}
