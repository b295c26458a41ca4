/** What a command needs before it can do anything. */
export type Need =
  | 'nothing'
  | 'live-session'
  | 'idle-session'
  | 'listed-session'
  | 'question'
  | 'pending'
  | 'marked'
  | 'session-or-pending'
  | 'target';

export interface CommandState {
  /** Sessions of this window: whose sandbox is there, which of them wait for a prompt, and all with the ended. */
  readonly live: number;
  readonly idle: number;
  readonly listed: number;
  /** Rows that wait for a decision. */
  readonly pending: number;
  /** Rows of which something is marked. */
  readonly marked: number;
  /** Questions of the agent that wait for an answer. */
  readonly questions: number;
}

/** Why a command can do nothing now, in a sentence; undefined when it can. A target is checked by the command. */
export function unmetNeed(need: Need, state: CommandState): string | undefined {
  switch (need) {
    case 'nothing':
    case 'target':
      return undefined;
    case 'live-session':
      return state.live > 0 ? undefined : 'No agent is running.';
    case 'idle-session':
      return state.idle > 0
        ? undefined
        : 'No agent waits for a prompt. Run one, or wait until it has finished.';
    case 'listed-session':
      return state.listed > 0 ? undefined : 'No agent has run in this window yet.';
    case 'question':
      return state.questions > 0 ? undefined : 'No question of the agent waits for an answer.';
    case 'pending':
      return state.pending > 0 ? undefined : 'No changes wait for review.';
    case 'marked':
      return state.marked > 0
        ? undefined
        : 'No change is marked. Tick the boxes in the tree of changes first.';
    case 'session-or-pending':
      return state.live > 0 || state.pending > 0 ? undefined : 'There is no session and no pending change.';
  }
}
