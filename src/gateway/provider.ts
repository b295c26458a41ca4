/** A wire protocol the gateway knows. */
export type ProviderId = 'anthropic' | 'openai' | 'gemini';

/** One request the gateway lets out; everything else stays in. */
export interface Route {
  readonly method: 'POST';
  /**
   * Path in canonical form, as the agent asks for it and as it is appended to the base URL. `{model}` in it stands for
   * the name of a model, which the body then need not carry.
   */
  readonly path: string;
  /** Query strings that may follow, exact; '' is none. */
  readonly queries: readonly string[];
  /** It asks no model, so it is neither counted nor held. */
  readonly free?: true;
}

/** Tokens that a response reported; `undefined` when it did not. */
export interface TokenUsage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

/** What the gateway has to know of a wire protocol. */
export interface Provider {
  readonly id: ProviderId;
  readonly defaultBaseUrl: string;
  readonly routes: readonly Route[];
  /** Request headers that may pass, lower case. */
  readonly requestHeaders: readonly string[];
  /** Response headers that may pass, lower case; a trailing `*` is a prefix. */
  readonly responseHeaders: readonly string[];
  keyHeader(key: string): { readonly name: string; readonly value: string };
  /** An error in the protocol's own form, so that every client shows its message. */
  errorBody(status: number, message: string): unknown;
  /** True for the SSE `data` after which a stream may end. */
  isTerminal(data: string): boolean;
  /** Usage in one SSE `data` or in a whole JSON body. */
  readUsage(json: unknown): TokenUsage;
}
