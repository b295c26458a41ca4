import { describeError } from '../../base/errors.js';
import { sha256 } from '../../base/hash.js';
import type { Logger } from '../../base/logger.js';
import { toVisibleText } from '../../base/visible-text.js';
import { askedCalls } from '../../policy/apply-approvals.js';
import { type Approval, narrowestApproval } from '../../policy/approval.js';
import { parseApproval, printApproval } from '../../policy/approval-text.js';
import type { Decision } from '../../policy/decision.js';
import type { Plan } from '../../policy/evaluate.js';
import type { ToolCall } from '../../protocol/tools.js';
import { titleOf } from '../agent/tool-title.js';
import { RateWindow } from '../broker/rate-window.js';
import type { ApprovalMemory } from './approval-memory.js';
import { offerRules } from './offer-rules.js';
import { PendingQuestion } from './pending-question.js';
import type { AnswerRecord, AskAnswer, AskQuestion, Confirm, RememberScope } from './question.js';

export interface DeskLimits {
  readonly answerWithinMs: number;
  /** Questions that wait at the same time. */
  readonly waiting: number;
  readonly perMinute: number;
}

export const defaultDeskLimits: DeskLimits = { answerWithinMs: 120_000, waiting: 3, perMinute: 20 };

export interface DeskOptions {
  readonly sessionId: string;
  readonly confirm: Confirm;
  readonly memory: ApprovalMemory;
  readonly logger: Logger;
  readonly limits?: DeskLimits;
}

export interface Settled {
  readonly decision: Decision;
  /** Present when the policy asked. */
  readonly answer?: AnswerRecord;
}

/** Turns `ask` into allow or deny: by what is remembered, else by the user, who is not flooded. */
export class QuestionDesk {
  readonly #options: DeskOptions;
  readonly #limits: DeskLimits;
  readonly #rate: RateWindow;
  readonly #pending = new Map<string, PendingQuestion>();

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#limits = options.limits ?? defaultDeskLimits;
    this.#rate = new RateWindow(this.#limits.perMinute, 60_000);
  }

  async settle(call: ToolCall, plan: Plan, signal: AbortSignal): Promise<Settled> {
    if (plan.decision.decision !== 'ask') return { decision: plan.decision };
    const answer = await this.#answer(call, plan, signal);
    return { decision: { ...plan.decision, decision: answer.answer, reason: explain(plan, answer) }, answer };
  }

  async #answer(call: ToolCall, plan: Plan, signal: AbortSignal): Promise<AnswerRecord> {
    const by = await this.#options.memory.find(plan);
    if (by !== undefined) return { answer: 'allow', by };
    if (signal.aborted) return { answer: 'deny', by: 'cancelled' };
    const key = sha256(JSON.stringify(call));
    const same = this.#pending.get(key);
    if (same !== undefined) return same.join(signal);
    if (this.#pending.size >= this.#limits.waiting || !this.#rate.take(performance.now())) {
      return { answer: 'deny', by: 'limit' };
    }
    const question = new PendingQuestion(plan, this.#limits.answerWithinMs, (closed) =>
      this.#ask(call, plan, closed),
    );
    this.#pending.set(key, question);
    void question.settled.then(() => this.#pending.delete(key));
    return question.join(signal);
  }

  /** Never rejects: a question that cannot be asked is denied. */
  async #ask(call: ToolCall, plan: Plan, closed: AbortSignal): Promise<AnswerRecord> {
    const { confirm, logger } = this.#options;
    const question = this.#phrase(call, plan);
    try {
      const answer = await confirm(question, closed);
      if (closed.aborted) return { answer: 'deny', by: 'cancelled' };
      return await this.#take(answer, question, plan);
    } catch (error) {
      logger.error('the question could not be asked; the answer is no', error);
      return { answer: 'deny', by: 'failure' };
    }
  }

  #phrase(call: ToolCall, plan: Plan): AskQuestion {
    const { rule, reason } = plan.decision;
    const { longest } = this.#options.memory;
    const rules = longest === 'workspace' ? offerRules(plan) : [];
    const most: RememberScope = askedCalls(plan) === undefined ? 'once' : longest;
    return {
      sessionId: this.#options.sessionId,
      title: titleOf(call),
      commands: plan.commands ?? [{ text: titleOf(call), decision: plan.decision }],
      rule,
      reason,
      remember: most === 'workspace' && rules.length === 0 ? 'session' : most,
      rules,
      answerWithinMs: this.#limits.answerWithinMs,
    };
  }

  async #take(answer: AskAnswer, question: AskQuestion, plan: Plan): Promise<AnswerRecord> {
    if (answer.kind === 'deny') {
      const note = answer.note?.trim();
      return note ? { answer: 'deny', by: 'user', note: cleanNote(note) } : { answer: 'deny', by: 'user' };
    }
    const scope = shorter(answer.remember, question.remember);
    if (scope === 'once') return { answer: 'allow', by: 'user' };
    const approvals = scope === 'session' ? narrowestOf(plan) : readRules(answer.rules, question);
    await this.#remember(scope, approvals, plan);
    const rules = approvals.map((approval) => toVisibleText(printApproval(approval), 1000));
    return { answer: 'allow', by: 'user', remembered: { scope, rules } };
  }

  /** What waits and is covered now need not be asked any more. */
  async #remember(
    scope: 'session' | 'workspace',
    approvals: readonly Approval[],
    answered: Plan,
  ): Promise<void> {
    const { memory, logger } = this.#options;
    await memory
      .remember(scope, approvals)
      .catch((error) =>
        logger.warn(`the approval holds for this session only; it was not stored: ${describeError(error)}`),
      );
    for (const waiting of this.#pending.values()) {
      if (waiting.plan === answered) continue;
      const by = await memory.find(waiting.plan);
      if (by !== undefined) waiting.settle({ answer: 'allow', by });
    }
  }
}

function narrowestOf(plan: Plan): readonly Approval[] {
  return (askedCalls(plan) ?? []).map(narrowestApproval);
}

/** Throws when an edited rule is none, or is not for what was asked. */
function readRules(edited: readonly string[] | undefined, { rules }: AskQuestion): readonly Approval[] {
  return rules.map((offer, index) => {
    const text = (edited?.[index] ?? offer.text).trim();
    const problem = offer.check(text);
    const read = parseApproval(text);
    if (problem !== undefined || !read.ok)
      throw new Error(`the rule "${text}" cannot be used: ${problem ?? ''}`);
    return read.approval;
  });
}

const scopes: readonly RememberScope[] = ['once', 'session', 'workspace'];

function shorter(a: RememberScope, b: RememberScope): RememberScope {
  return scopes[Math.min(scopes.indexOf(a), scopes.indexOf(b))] ?? 'once';
}

const MAX_NOTE = 2000;

/** Bounded before and after the escapes, which are longer than what they stand for. */
function cleanNote(note: string): string {
  return toVisibleText(note.slice(0, MAX_NOTE)).slice(0, MAX_NOTE);
}

function explain({ decision }: Plan, answer: AnswerRecord): string {
  const why: Readonly<Record<AnswerRecord['by'], string>> = {
    user: answer.answer === 'allow' ? 'the user allowed it' : 'the user denied it',
    session: 'the user allowed it for this session',
    workspace: 'the user allowed it in this workspace',
    timeout: 'the user did not answer in time',
    limit: 'the user was not asked: too many questions; do something else, or try again in a minute',
    cancelled: 'nobody waits for the answer any more',
    failure: 'the user could not be asked',
  };
  return `${decision.reason} (${why[answer.by]})`;
}
