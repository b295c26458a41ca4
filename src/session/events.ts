import type { AgentTool, AgentUpdate } from '../agents/updates.js';
import type { Spend } from '../gateway/spend/spend.js';
import type { Decision } from '../policy/decision.js';
import type { ToolName } from '../protocol/tools.js';
import type { Change } from '../workspace/changes.js';
import type { SelfTest } from './guarantees/evaluate.js';

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
  /** The turn is over; the sandbox waits for a next prompt. */
  | 'idle'
  | 'stopping'
  | 'done';

/** Everything a user interface or the CLI is told of a session, in order. Text is untrusted as it came. */
export type SessionEvent =
  | { readonly type: 'phase'; readonly phase: Phase; readonly atMs: number; readonly detail?: string }
  /** What the user asked for: the first and every further one. So many remarks of the review went before it. */
  | { readonly type: 'prompt'; readonly text: string; readonly remarks?: number }
  /**
   * A turn has ended, and its changes are in the review. `stopReason` as ACP has it, or `agent_ended` (and was started
   * again), or `error`: then `error` says why.
   */
  | { readonly type: 'turn'; readonly turn: number; readonly stopReason: string; readonly error?: Error }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thought'; readonly text: string }
  | { readonly type: 'tool'; readonly callId: string; readonly tool: ToolName; readonly title: string }
  | ({ readonly type: 'decision'; readonly callId: string; readonly tool: ToolName } & Decision)
  /** A tool of a contained agent's own, by its own word: no policy judged it. */
  | ({ readonly type: 'agent-tool' } & Omit<AgentTool, 'type'>)
  | Extract<AgentUpdate, { type: 'plan' | 'usage' | 'mode' }>
  | { readonly type: 'tool-output'; readonly callId: string; readonly text: string }
  | { readonly type: 'tool-result'; readonly callId: string; readonly ok: boolean; readonly text: string }
  | { readonly type: 'model-call'; readonly status: number; readonly ms: number }
  /** What the session's model calls have used so far. */
  | ({ readonly type: 'spend' } & Spend)
  /** What a user of the container found of its own sandbox, judged. */
  | ({ readonly type: 'self-test' } & SelfTest)
  | { readonly type: 'changes'; readonly changes: readonly Change[] }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning'; readonly text: string };

export type SessionOutcome =
  | { readonly kind: 'completed'; readonly stopReason: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: Error };
