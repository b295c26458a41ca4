import type { ChatPart } from './editor-models.js';

/** What a token has on average in English text; the editor's API tells no usage. */
const CHARS_PER_TOKEN = 4;

export function estimateTokens(chars: number): number {
  return Math.ceil(chars / CHARS_PER_TOKEN);
}

export interface MessageHead {
  readonly id: string;
  readonly model: string;
  readonly inputTokens: number;
}

type Block = { type: 'text'; text: string } | { type: 'tool_use'; id: string; name: string; input: object };

/** The events of a streamed answer. When the parts break off, so does the stream: its last event is never made up. */
export async function* writeEvents(
  head: MessageHead,
  parts: AsyncIterable<ChatPart>,
): AsyncGenerator<string> {
  yield event('message_start', { message: message(head, [], null, 0) });
  let chars = 0;
  let index = -1;
  let open: ChatPart['type'] | undefined;
  let called = false;
  const close = () => (open === undefined ? '' : event('content_block_stop', { index }));
  for await (const part of parts) {
    chars += sizeOf(part);
    const delta = deltaOf(part);
    if (part.type === 'tool-call' || open !== part.type) {
      yield close();
      index += 1;
      open = part.type;
      yield event('content_block_start', { index, content_block: emptyBlock(part) });
    }
    called ||= part.type === 'tool-call';
    yield event('content_block_delta', { index, delta });
  }
  yield close();
  yield event('message_delta', {
    delta: { stop_reason: called ? 'tool_use' : 'end_turn', stop_sequence: null },
    usage: { output_tokens: estimateTokens(chars) },
  });
  yield event('message_stop', {});
}

/** The whole answer as one object. */
export async function writeMessage(head: MessageHead, parts: AsyncIterable<ChatPart>): Promise<string> {
  const blocks: Block[] = [];
  let chars = 0;
  for await (const part of parts) {
    chars += sizeOf(part);
    const last = blocks.at(-1);
    if (part.type === 'text' && last?.type === 'text') last.text += part.text;
    else if (part.type === 'text') blocks.push({ type: 'text', text: part.text });
    else blocks.push({ type: 'tool_use', id: part.callId, name: part.name, input: part.input });
  }
  const reason = blocks.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn';
  return JSON.stringify(message(head, blocks, reason, estimateTokens(chars)));
}

function message(
  { id, model, inputTokens }: MessageHead,
  content: readonly Block[],
  reason: string | null,
  output: number,
) {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content,
    stop_reason: reason,
    stop_sequence: null,
    usage: { input_tokens: inputTokens, output_tokens: output },
  };
}

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function emptyBlock(part: ChatPart): Block {
  return part.type === 'text'
    ? { type: 'text', text: '' }
    : { type: 'tool_use', id: part.callId, name: part.name, input: {} };
}

function deltaOf(part: ChatPart) {
  return part.type === 'text'
    ? { type: 'text_delta', text: part.text }
    : { type: 'input_json_delta', partial_json: JSON.stringify(part.input) };
}

function sizeOf(part: ChatPart): number {
  return part.type === 'text' ? part.text.length : JSON.stringify(part.input).length;
}
