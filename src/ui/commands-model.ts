/** What a command needs before it can do anything. */
export type Need =
  | 'nothing'
  | 'no-session'
  | 'session'
  | 'question'
  | 'pending'
  | 'session-or-pending'
  | 'target';

export interface CommandState {
  readonly running: boolean;
  /** Rows that wait for a decision. */
  readonly pending: number;
  /** Questions of the agent that wait for an answer. */
  readonly questions: number;
}

/** Why a command can do nothing now, in a sentence; undefined when it can. A target is checked by the command. */
export function unmetNeed(need: Need, state: CommandState): string | undefined {
  switch (need) {
    case 'nothing':
    case 'target':
      return undefined;
    case 'no-session':
      return state.running ? 'An agent is already running in this window. Stop it first.' : undefined;
    case 'session':
      return state.running ? undefined : 'No agent is running.';
    case 'question':
      return state.questions > 0 ? undefined : 'No question of the agent waits for an answer.';
    case 'pending':
      return state.pending > 0 ? undefined : 'No changes wait for review.';
    case 'session-or-pending':
      return state.running || state.pending > 0 ? undefined : 'There is no session and no pending change.';
  }
}
