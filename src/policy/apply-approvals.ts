import { type Approval, covers } from './approval.js';
import type { Plan } from './evaluate.js';
import type { ProgramCall } from './plan-program.js';

/** The calls that a plan asks about; undefined when some of their words are only known while it runs. */
export function askedCalls({ commands }: Plan): readonly ProgramCall[] | undefined {
  const asked = (commands ?? []).filter(({ decision }) => decision.decision === 'ask');
  if (asked.length === 0) return undefined;
  const calls: ProgramCall[] = [];
  for (const command of asked) {
    if (command.calls === undefined) return undefined;
    calls.push(...command.calls);
  }
  return calls.length === 0 ? undefined : calls;
}

/** Whether approvals answer everything that a plan asks. Never for a plan that is denied, or asks nothing. */
export function isApproved(plan: Plan, approvals: readonly Approval[]): boolean {
  if (plan.decision.decision !== 'ask') return false;
  const calls = askedCalls(plan);
  return calls?.every((call) => approvals.some((approval) => covers(approval, call))) ?? false;
}
