import * as z from 'zod';
import type { Message } from './conversation.js';

// The parts of OpenAI's Chat Completions streaming format that are used; the rest passes unread.

const text = z.string().nullish();

export const chunk = z.object({
  choices: z
    .array(
      z.object({
        index: z.int().default(0),
        delta: z
          .object({
            content: text,
            refusal: text,
            /** What several compatible servers call the model's thoughts. */
            reasoning_content: text,
            tool_calls: z
              .array(
                z.object({
                  index: z.int().min(0).default(0),
                  id: z.string().max(256).nullish(),
                  function: z.object({ name: z.string().max(256).nullish(), arguments: text }).nullish(),
                }),
              )
              .nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: z.object({ total_tokens: z.number().min(0).optional() }).nullish(),
  error: z.object({ message: z.string().default('unknown'), type: text }).nullish(),
});
export type Chunk = z.infer<typeof chunk>;

export function toMessages(system: string, messages: readonly Message[]): unknown[] {
  return [{ role: 'system', content: system }, ...messages.flatMap(toWire)];
}

function toWire(message: Message): unknown[] {
  switch (message.role) {
    case 'user':
      return [{ role: 'user', content: message.text }];
    case 'results':
      return message.results.map(({ id, ok, text: content }) => ({
        role: 'tool',
        tool_call_id: id,
        content: ok ? content : `Error: ${content}`,
      }));
    case 'assistant': {
      const said = message.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : [])).join('');
      const calls = message.blocks.flatMap((block) => (block.kind === 'call' ? [block.call] : []));
      if (calls.length === 0) return [{ role: 'assistant', content: said }];
      const tool_calls = calls.map(({ id, name, json }) => ({
        id,
        type: 'function',
        function: { name, arguments: json === '' ? '{}' : json },
      }));
      return [{ role: 'assistant', content: said === '' ? null : said, tool_calls }];
    }
  }
}
