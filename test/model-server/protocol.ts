import type { IncomingHttpHeaders } from 'node:http';

/** An HTTP error in a protocol's own form. */
export interface ModelError {
  readonly status: number;
  readonly message: string;
  readonly retryAfter?: number;
}

/** What the server needs of a request, whichever protocol it came by. */
export interface Conversation {
  readonly model: string;
  readonly stream: boolean;
  /** Number of assistant messages so far: the turn to answer with. */
  readonly turn: number;
  /** Text of the tool results that came since the last assistant message. */
  readonly lastToolResult: string;
  readonly offeredTools: readonly string[];
  /** OpenAI `stream_options.include_usage`; Anthropic always tells. */
  readonly includeUsage: boolean;
}

/** One part of the answer. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tool'; readonly id: string; readonly name: string; readonly json: string };

export interface Answer {
  readonly id: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly includeUsage: boolean;
  /** Counts the events of a stream, from 0. */
  nextNumber(): number;
}

export interface WireProtocol {
  matches(pathname: string): boolean;
  /** Header of a response that carries its id. */
  readonly idHeader: string;
  /** Whether parts are numbered together; otherwise tool calls alone are. */
  readonly numbersEveryPart: boolean;
  readKey(headers: IncomingHttpHeaders): string | undefined;
  /** Checks the request as the real service would. */
  parse(body: unknown, headers: IncomingHttpHeaders, pathname: string): Conversation | ModelError;
  errorBody(error: ModelError): unknown;
  /** An error after the stream has begun, as one SSE frame. */
  errorFrame(error: ModelError): string;
  toolId(turn: number, index: number): string;
  openFrames(answer: Answer): string[];
  partFrames(part: Part, index: number, answer: Answer): string[];
  closeFrames(answer: Answer, parts: readonly Part[]): string[];
  wholeBody(answer: Answer, parts: readonly Part[]): unknown;
}

export function isModelError(value: Conversation | ModelError): value is ModelError {
  return 'status' in value;
}
