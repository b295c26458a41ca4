import { askedCalls } from '../../policy/apply-approvals.js';
import { covers } from '../../policy/approval.js';
import { offerApproval, parseApproval } from '../../policy/approval-text.js';
import type { Plan } from '../../policy/evaluate.js';
import type { ProgramCall } from '../../policy/plan-program.js';
import type { RuleOffer } from './question.js';

/** More programs than a person would look at one by one. */
const MAX_OFFERS = 5;

/** One rule for each program that is asked about; none when one of them has none that can be shown and edited. */
export function offerRules(plan: Plan): readonly RuleOffer[] {
  const offers = new Map<string, RuleOffer>();
  for (const call of askedCalls(plan) ?? []) {
    const text = offerApproval(call);
    if (text === undefined) return [];
    offers.set(text, { text, check: (edited) => checkRule(edited, call) });
  }
  return offers.size <= MAX_OFFERS ? [...offers.values()] : [];
}

function checkRule(text: string, call: ProgramCall): string | undefined {
  const read = parseApproval(text.trim());
  if (!read.ok) return read.reason;
  return covers(read.approval, call) ? undefined : 'it does not cover what is asked now';
}
