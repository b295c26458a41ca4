import { toVisibleLine } from '../../base/visible-text.js';
import type { BridgeAddress } from './bridge-http.js';
import { type ModelEvent, type ModelProvider, parseCall, type StopKind } from './conversation.js';
import { callModel } from './model-call.js';
import { ModelError, malformed, truncated } from './model-error.js';
import { type Chunk, chunk, toMessages } from './openai-wire.js';
import type { SseEvent } from './sse.js';
import { TextParts, TurnBudget } from './turn-budget.js';

/** The OpenAI Chat Completions API, and the many servers that speak it. */
export function openaiProvider(bridge: BridgeAddress, model: string): ModelProvider {
  const headers = { authorization: `Bearer ${bridge.token}` };
  return {
    streamTurn(system, messages, tools, signal) {
      const body = {
        model,
        stream: true,
        stream_options: { include_usage: true },
        messages: toMessages(system, messages),
        tools: tools.map(({ name, description, schema }) => ({
          type: 'function',
          function: { name, description, parameters: schema },
        })),
      };
      return readTurn(callModel(bridge, '/llm/v1/chat/completions', body, headers, signal));
    },
  };
}

async function* readTurn(events: AsyncIterable<SseEvent>): AsyncGenerator<ModelEvent> {
  const turn = new Turn();
  for await (const { data } of events) {
    if (data === '[DONE]') break;
    yield* turn.read(parseChunk(data));
  }
  // The usage comes after the finish reason, so the turn is closed only here.
  yield* turn.end();
}

interface OpenCall {
  readonly id: string;
  readonly name: string;
  readonly json: TextParts;
}

class Turn {
  readonly #budget = new TurnBudget();
  readonly #text = new TextParts(this.#budget);
  readonly #calls = new Map<number, OpenCall>();
  #refused = false;
  #finish: string | undefined;

  *read({ choices, usage, error }: Chunk): Generator<ModelEvent> {
    if (error) {
      throw new ModelError(`The model API reported an error: ${toVisibleLine(error.message, 500)}`, {
        retryable: error.type === 'server_error' || error.type === 'overloaded_error',
      });
    }
    if (usage?.total_tokens !== undefined) yield { kind: 'usage', contextTokens: usage.total_tokens };
    const choice = choices.find(({ index }) => index === 0);
    if (choice === undefined) return;
    const { delta, finish_reason: finish } = choice;
    if (delta?.reasoning_content) {
      this.#budget.spend(delta.reasoning_content);
      yield { kind: 'thought', text: delta.reasoning_content };
    }
    if (delta?.content) yield this.#say(delta.content);
    if (delta?.refusal) {
      this.#refused = true;
      yield this.#say(delta.refusal);
    }
    for (const call of delta?.tool_calls ?? []) yield* this.#grow(call.index, call.id, call.function);
    if (finish) this.#finish = finish;
  }

  *end(): Generator<ModelEvent> {
    if (this.#finish === undefined) throw truncated();
    const stop = this.#refused ? 'refusal' : toStop(this.#finish);
    if (!this.#text.empty) yield { kind: 'block', block: { kind: 'text', text: this.#text.join() } };
    for (const { id, name, json } of this.#calls.values()) {
      yield { kind: 'block', block: { kind: 'call', call: parseCall(id, name, json.join()) } };
    }
    yield { kind: 'stop', stop };
  }

  #say(text: string): ModelEvent {
    this.#text.push(text);
    return { kind: 'text', text };
  }

  *#grow(
    index: number,
    id: string | null | undefined,
    part: { name?: string | null | undefined; arguments?: string | null | undefined } | null | undefined,
  ): Generator<ModelEvent> {
    let call = this.#calls.get(index);
    if (call === undefined) {
      if (!part?.name) throw malformed('a tool call has no name');
      this.#budget.openBlock();
      // Some compatible servers give no id; ours only has to be the same in call and result.
      call = { id: id || `call_${crypto.randomUUID()}`, name: part.name, json: new TextParts(this.#budget) };
      this.#calls.set(index, call);
      yield { kind: 'call-started', id: call.id, name: call.name };
    }
    if (part?.arguments) call.json.push(part.arguments);
  }
}

function toStop(finish: string): StopKind {
  switch (finish) {
    case 'stop':
      return 'end';
    case 'tool_calls':
      return 'calls';
    case 'length':
      return 'length';
    case 'content_filter':
      return 'refusal';
    default:
      throw malformed('it stopped for a reason that is not known');
  }
}

function parseChunk(data: string): Chunk {
  try {
    return chunk.parse(JSON.parse(data));
  } catch (error) {
    throw malformed('an event has the wrong form', error);
  }
}
