import type { Policy } from '../../policy/policy.js';
import type { HostOptions } from '../api.js';
import { ApprovalMemory } from './approval-memory.js';
import { QuestionDesk } from './question-desk.js';

export interface OpenDeskOptions extends Pick<HostOptions, 'confirm' | 'approvals' | 'logger'> {
  readonly sessionId: string;
  readonly policy: Policy;
  /** Absolute path of the real workspace. */
  readonly workspace: string;
  /** Ends every question: the session is over. */
  readonly signal: AbortSignal;
}

/** A session's desk, with a memory of its own and the workspace's. */
export function openDesk(options: OpenDeskOptions): Pick<QuestionDesk, 'settle'> {
  const { sessionId, policy, workspace, confirm, approvals: store, logger, signal } = options;
  const memory = new ApprovalMemory({ store, workspace, longest: policy.approvals, logger });
  const desk = new QuestionDesk({ sessionId, confirm, memory, logger });
  return {
    settle: (call, plan, callSignal) => desk.settle(call, plan, AbortSignal.any([callSignal, signal])),
  };
}
