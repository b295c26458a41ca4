/** A tool call as the model asked for it. `input` is undefined when `json` is not a JSON object. */
export interface RequestedCall {
  readonly id: string;
  readonly name: string;
  readonly json: string;
  readonly input: Readonly<Record<string, unknown>> | undefined;
}

export interface CallResult {
  readonly id: string;
  readonly ok: boolean;
  readonly text: string;
}

/** What the model said, in order. A thought goes back with its signature, or not at all. */
export type AssistantBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thought'; readonly text: string; readonly signature: string }
  | { readonly kind: 'sealed-thought'; readonly data: string }
  | { readonly kind: 'call'; readonly call: RequestedCall };

/** The conversation in no provider's words. */
export type Message =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly blocks: readonly AssistantBlock[] }
  | { readonly role: 'results'; readonly results: readonly CallResult[] };

export type StopKind = 'end' | 'calls' | 'length' | 'refusal';

/** A turn's stream: any number of deltas and blocks, closed by exactly one `stop`. */
export type ModelEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thought'; readonly text: string }
  | { readonly kind: 'call-started'; readonly id: string; readonly name: string }
  | { readonly kind: 'block'; readonly block: AssistantBlock }
  | { readonly kind: 'usage'; readonly contextTokens: number }
  | { readonly kind: 'stop'; readonly stop: StopKind };

export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface ModelProvider {
  /** Throws `ModelError` on a refused call, a malformed stream, or one that ends before its end. */
  streamTurn(
    system: string,
    messages: readonly Message[],
    tools: readonly ToolSpec[],
    signal: AbortSignal,
  ): AsyncIterable<ModelEvent>;
}

/** Reads a call's arguments; no arguments at all are an empty object. */
export function parseCall(id: string, name: string, json: string): RequestedCall {
  return { id, name, json, input: parseObject(json === '' ? '{}' : json) };
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return { ...value };
  } catch {
    // Not JSON: the model is told so by the turn loop.
    return undefined;
  }
}
