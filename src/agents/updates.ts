/** What an agent says of its work, in our own words. Text and titles are untrusted. */
export type AgentUpdate =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thought'; readonly text: string }
  | AgentTool
  | { readonly type: 'plan'; readonly entries: readonly PlanEntry[] }
  /** `size` is the model's context in tokens, absent when the agent does not know it. */
  | { readonly type: 'usage'; readonly used: number; readonly size?: number }
  /** The agent works in another of its modes now. */
  | { readonly type: 'mode'; readonly modeId: string }
  | { readonly type: 'notice'; readonly text: string };

export interface AgentTool {
  readonly type: 'tool';
  readonly id: string;
  readonly title: string;
  /** ACP's word for what the tool does: read, edit, search, execute, … */
  readonly kind: string;
  readonly status: 'pending' | 'in_progress' | 'completed' | 'failed';
  /** What it shows of its work: text, and diffs as lines that begin with `-` and `+`. */
  readonly content?: string;
}

export interface PlanEntry {
  readonly text: string;
  readonly status: 'pending' | 'in_progress' | 'completed';
}

export interface PermissionQuestion {
  readonly toolCallId: string;
  readonly title: string;
}
export type PermissionAnswer = 'allow' | 'deny';
