import type { Spend } from '../gateway/spend/spend.js';
import type { Decision } from '../policy/decision.js';
import type { ToolName } from '../protocol/tools.js';
import type { Change } from '../workspace/changes.js';

export type Phase =
  | 'engine'
  | 'image'
  | 'workspace'
  | 'container'
  | 'guest'
  | 'agent'
  | 'ready'
  | 'running'
  | 'collecting'
  | 'stopping'
  | 'done';

/** Everything a user interface or the CLI is told of a session, in order. Text is untrusted as it came. */
export type SessionEvent =
  | { readonly type: 'phase'; readonly phase: Phase; readonly atMs: number; readonly detail?: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thought'; readonly text: string }
  | { readonly type: 'tool'; readonly callId: string; readonly tool: ToolName; readonly title: string }
  | ({ readonly type: 'decision'; readonly callId: string; readonly tool: ToolName } & Decision)
  | { readonly type: 'tool-output'; readonly callId: string; readonly text: string }
  | { readonly type: 'tool-result'; readonly callId: string; readonly ok: boolean; readonly text: string }
  | { readonly type: 'model-call'; readonly status: number; readonly ms: number }
  /** What the session's model calls have used so far. */
  | ({ readonly type: 'spend' } & Spend)
  | { readonly type: 'changes'; readonly changes: readonly Change[] }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning'; readonly text: string };

export type SessionOutcome =
  | { readonly kind: 'completed'; readonly stopReason: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: Error };
