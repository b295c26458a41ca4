import * as z from 'zod';
import { toVisibleLine } from '../../base/visible-text.js';
import type { AssistantBlock, Message } from './conversation.js';

// The parts of Anthropic's Messages streaming format that are used; the rest passes unread.

const tokens = z.number().min(0).nullish();
const index = z.int().min(0);

export const anyEvent = z.object({ type: z.string() });
export const messageStart = z.object({
  message: z.object({
    usage: z
      .object({ input_tokens: tokens, cache_read_input_tokens: tokens, cache_creation_input_tokens: tokens })
      .optional(),
  }),
});
const startedBlock = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().default('') }),
  z.object({ type: z.literal('thinking'), signature: z.string().optional() }),
  z.object({ type: z.literal('redacted_thinking'), data: z.string() }),
  z.object({ type: z.literal('tool_use'), id: z.string().min(1).max(256), name: z.string().min(1).max(256) }),
]);
export type StartedBlock = z.infer<typeof startedBlock>;
export const blockStart = z.object({ index, content_block: startedBlock });
export const blockDelta = z.object({
  index,
  delta: z.object({
    type: z.string(),
    text: z.string().optional(),
    thinking: z.string().optional(),
    partial_json: z.string().optional(),
    signature: z.string().optional(),
  }),
});
export const blockStop = z.object({ index });
export const messageDelta = z.object({
  delta: z.object({ stop_reason: z.string().nullish() }),
  usage: z.object({ output_tokens: tokens }).optional(),
});
export const errorEvent = z.object({ error: z.object({ type: z.string(), message: z.string() }) });

export const describe = (text: string) => toVisibleLine(text, 500);

/** Marks how far the prompt stays the same from call to call, so that the API caches it. */
export const ephemeral = { type: 'ephemeral' } as const;

export function toMessages(messages: readonly Message[]): unknown[] {
  return messages.map((message, at) => {
    const content = toContent(message);
    const last = content.at(-1);
    // A thinking block takes no cache mark, but the last message is never the assistant's.
    if (at === messages.length - 1 && last !== undefined) last.cache_control = ephemeral;
    return { role: message.role === 'assistant' ? 'assistant' : 'user', content };
  });
}

function toContent(message: Message): Record<string, unknown>[] {
  switch (message.role) {
    case 'user':
      return [{ type: 'text', text: message.text }];
    case 'assistant':
      return message.blocks.map(toBlock);
    case 'results':
      return message.results.map(({ id, ok, text }) => ({
        type: 'tool_result',
        tool_use_id: id,
        content: text === '' ? '(no output)' : text,
        is_error: !ok,
      }));
  }
}

function toBlock(block: AssistantBlock): Record<string, unknown> {
  switch (block.kind) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'thought':
      return { type: 'thinking', thinking: block.text, signature: block.signature };
    case 'sealed-thought':
      return { type: 'redacted_thinking', data: block.data };
    case 'call':
      // The API takes objects only; what the model got wrong is told in the result.
      return { type: 'tool_use', id: block.call.id, name: block.call.name, input: block.call.input ?? {} };
  }
}
