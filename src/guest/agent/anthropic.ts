import type * as z from 'zod';
import * as wire from './anthropic-wire.js';
import type { BridgeAddress } from './bridge-http.js';
import type { AssistantBlock, ModelEvent, ModelProvider, StopKind } from './conversation.js';
import { parseCall } from './conversation.js';
import { callModel } from './model-call.js';
import { ModelError, malformed, truncated } from './model-error.js';
import type { SseEvent } from './sse.js';
import { TextParts, TurnBudget } from './turn-budget.js';

/** Below the smallest output limit of the models that are still served. */
const MAX_OUTPUT_TOKENS = 16_384;

/** The Anthropic Messages API. */
export function anthropicProvider(bridge: BridgeAddress, model: string): ModelProvider {
  const headers = { 'x-api-key': bridge.token, 'anthropic-version': '2023-06-01' };
  return {
    streamTurn(system, messages, tools, signal) {
      const body = {
        model,
        max_tokens: MAX_OUTPUT_TOKENS,
        stream: true,
        system: [{ type: 'text', text: system, cache_control: wire.ephemeral }],
        messages: wire.toMessages(messages),
        tools: tools.map((tool) => ({
          name: tool.name,
          description: tool.description,
          input_schema: tool.schema,
        })),
      };
      return readTurn(callModel(bridge, '/llm/v1/messages', body, headers, signal));
    },
  };
}

async function* readTurn(events: AsyncIterable<SseEvent>): AsyncGenerator<ModelEvent> {
  const turn = new Turn();
  for await (const { data } of events) {
    const event = parse(wire.anyEvent, data);
    if (event.type === 'error') throw streamError(parse(wire.errorEvent, data));
    if (event.type === 'message_stop') {
      yield { kind: 'stop', stop: turn.end() };
      return;
    }
    yield* turn.read(event.type, data);
  }
  throw truncated();
}

type OpenBlock = { readonly start: wire.StartedBlock; readonly text: TextParts; signature: string };

class Turn {
  readonly #budget = new TurnBudget();
  readonly #open = new Map<number, OpenBlock>();
  #inputTokens = 0;
  #stop: StopKind | undefined;

  *read(type: string, data: string): Generator<ModelEvent> {
    switch (type) {
      case 'message_start': {
        const usage = parse(wire.messageStart, data).message.usage;
        this.#inputTokens =
          (usage?.input_tokens ?? 0) +
          (usage?.cache_read_input_tokens ?? 0) +
          (usage?.cache_creation_input_tokens ?? 0);
        return;
      }
      case 'content_block_start':
        return yield* this.#start(parse(wire.blockStart, data));
      case 'content_block_delta':
        return yield* this.#grow(parse(wire.blockDelta, data));
      case 'content_block_stop':
        return yield* this.#close(parse(wire.blockStop, data).index);
      case 'message_delta': {
        const { delta, usage } = parse(wire.messageDelta, data);
        if (delta.stop_reason) this.#stop = toStop(delta.stop_reason);
        const contextTokens = this.#inputTokens + (usage?.output_tokens ?? 0);
        if (usage) yield { kind: 'usage', contextTokens };
        return;
      }
      default:
        // The API adds event types over time and asks clients to pass over them; `ping` is one.
        return;
    }
  }

  end(): StopKind {
    if (this.#stop === undefined || this.#open.size > 0)
      throw malformed('it stopped in the middle of a part');
    return this.#stop;
  }

  *#start({ index, content_block: start }: z.infer<typeof wire.blockStart>): Generator<ModelEvent> {
    this.#budget.openBlock();
    if (this.#open.has(index)) throw malformed(`part ${index} starts twice`);
    const block: OpenBlock = { start, text: new TextParts(this.#budget), signature: '' };
    this.#open.set(index, block);
    if (start.type === 'tool_use') yield { kind: 'call-started', id: start.id, name: start.name };
    if (start.type === 'text' && start.text !== '') yield* this.#add(block, 'text', start.text);
  }

  *#grow({ index, delta }: z.infer<typeof wire.blockDelta>): Generator<ModelEvent> {
    const block = this.#open.get(index);
    if (block === undefined) throw malformed(`part ${index} never started`);
    if (delta.type === 'text_delta') yield* this.#add(block, 'text', delta.text ?? '');
    if (delta.type === 'thinking_delta') yield* this.#add(block, 'thought', delta.thinking ?? '');
    if (delta.type === 'input_json_delta') block.text.push(delta.partial_json ?? '');
    if (delta.type !== 'signature_delta') return;
    this.#budget.spend(delta.signature ?? '');
    block.signature += delta.signature ?? '';
  }

  *#add(block: OpenBlock, kind: 'text' | 'thought', text: string): Generator<ModelEvent> {
    block.text.push(text);
    if (text !== '') yield { kind, text };
  }

  *#close(index: number): Generator<ModelEvent> {
    const open = this.#open.get(index);
    if (open === undefined) throw malformed(`part ${index} never started`);
    this.#open.delete(index);
    const block = toBlock(open);
    if (block !== undefined) yield { kind: 'block', block };
  }
}

function toBlock({ start, text, signature }: OpenBlock): AssistantBlock | undefined {
  switch (start.type) {
    case 'text':
      return text.join() === '' ? undefined : { kind: 'text', text: text.join() };
    case 'thinking':
      return { kind: 'thought', text: text.join(), signature: signature || (start.signature ?? '') };
    case 'redacted_thinking':
      return { kind: 'sealed-thought', data: start.data };
    case 'tool_use':
      return { kind: 'call', call: parseCall(start.id, start.name, text.join()) };
  }
}

function toStop(reason: string): StopKind {
  switch (reason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'end';
    case 'tool_use':
      return 'calls';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'refusal':
      return 'refusal';
    default:
      throw malformed('it stopped for a reason that is not known');
  }
}

function streamError({ error }: z.infer<typeof wire.errorEvent>): ModelError {
  const retryable = ['overloaded_error', 'api_error', 'rate_limit_error', 'timeout_error'].includes(
    error.type,
  );
  return new ModelError(`The model API reported an error: ${wire.describe(error.message)}`, { retryable });
}

function parse<T>(schema: z.ZodType<T>, data: string): T {
  try {
    return schema.parse(JSON.parse(data));
  } catch (error) {
    throw malformed('an event has the wrong form', error);
  }
}
