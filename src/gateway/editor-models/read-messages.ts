import * as z from 'zod';
import type { ChatInput, ChatMessage, ChatRequest } from './editor-models.js';

// What of Anthropic Messages the editor's models can be told. What they cannot (images, documents) is refused, not
// dropped: an agent must know what its model has not seen. https://docs.anthropic.com/en/api/messages

const text = z.object({ type: z.literal('text'), text: z.string() });
const block = z.discriminatedUnion('type', [
  text,
  z.object({
    type: z.literal('tool_use'),
    id: z.string(),
    name: z.string(),
    input: z.record(z.string(), z.unknown()),
  }),
  z.object({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    content: z.union([z.string(), z.array(text)]).optional(),
    is_error: z.boolean().optional(),
  }),
  // The thoughts of another model say nothing to this one.
  z.object({ type: z.literal('thinking') }),
  z.object({ type: z.literal('redacted_thinking') }),
]);
const body = z.object({
  model: z.string(),
  stream: z.boolean().optional(),
  system: z.union([z.string(), z.array(text)]).optional(),
  messages: z.array(
    z.object({ role: z.enum(['user', 'assistant']), content: z.union([z.string(), z.array(block)]) }),
  ),
  tools: z
    .array(
      z.object({ name: z.string(), description: z.string().optional(), input_schema: z.looseObject({}) }),
    )
    .optional(),
  tool_choice: z
    .object({ type: z.enum(['auto', 'any', 'none', 'tool']), name: z.string().optional() })
    .optional(),
});

export type ReadMessages =
  | { readonly kind: 'ok'; readonly request: ChatRequest; readonly stream: boolean }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Reads the body of `POST /v1/messages`. The model is the one that the user chose, whatever the body says. */
export function readMessages(json: unknown, model: string): ReadMessages {
  const parsed = body.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      kind: 'invalid',
      reason: `the editor's models cannot take ${issue?.path.join('.') || 'this request'}: ${issue?.message ?? 'malformed'}`,
    };
  }
  const { system, messages, tools = [], tool_choice: choice, stream = false } = parsed.data;
  const wanted = tools.filter(({ name }) => choice?.type !== 'tool' || name === choice.name);
  return {
    kind: 'ok',
    stream,
    request: {
      model,
      messages: [...readSystem(system), ...messages.map(readMessage)],
      tools:
        choice?.type === 'none'
          ? []
          : wanted.map(({ name, description = '', input_schema: schema }) => ({ name, description, schema })),
      mustCall: choice?.type === 'any' || choice?.type === 'tool',
    },
  };
}

/** The editor's API has no place for it but the conversation. */
function readSystem(system: z.infer<typeof body>['system']): readonly ChatMessage[] {
  const said = typeof system === 'string' ? system : (system ?? []).map((part) => part.text).join('\n\n');
  return said === '' ? [] : [{ role: 'user', parts: [{ type: 'text', text: said }] }];
}

function readMessage({ role, content }: z.infer<typeof body>['messages'][number]): ChatMessage {
  if (typeof content === 'string') return { role, parts: [{ type: 'text', text: content }] };
  return { role, parts: content.flatMap(readBlock) };
}

function readBlock(part: z.infer<typeof block>): readonly ChatInput[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ type: 'text', text: part.text }];
    case 'tool_use':
      return [{ type: 'tool-call', callId: part.id, name: part.name, input: part.input }];
    case 'tool_result': {
      const { content = '' } = part;
      const said = typeof content === 'string' ? content : content.map((each) => each.text).join('\n');
      return [
        { type: 'tool-result', callId: part.tool_use_id, text: part.is_error ? `Error: ${said}` : said },
      ];
    }
    case 'thinking':
    case 'redacted_thinking':
      return [];
  }
}
