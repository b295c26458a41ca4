/** The models that the editor itself has, in the terms that the wire protocols share. */
export interface EditorModels {
  /**
   * One turn of a model. Nothing more comes once `signal` is aborted.
   */
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatPart | ChatProblem>;
}

export interface ChatRequest {
  /** What the user chose; empty for whatever the editor offers first. */
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly ChatTool[];
  /** Whether a tool must be called. */
  readonly mustCall: boolean;
}

export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly ChatInput[];
}

export type ChatInput =
  | ChatPart
  | { readonly type: 'tool-result'; readonly callId: string; readonly text: string };

export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool-call'; readonly callId: string; readonly name: string; readonly input: object };

export interface ChatTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema. */
  readonly schema: object;
}

/** Why the editor's model did not answer, or not to its end; the message is for people. Nothing follows it. */
export interface ChatProblem {
  readonly type: 'problem';
  readonly problem: 'no-model' | 'not-allowed' | 'blocked' | 'failed';
  readonly message: string;
}
