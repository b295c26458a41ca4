import type { Decision } from '../../policy/decision.js';

/** How long a consent holds. */
export type RememberScope = 'once' | 'session' | 'workspace';

/** A decision of `ask` as it is put to the user. Every text is untrusted as it came. */
export interface AskQuestion {
  /** The session whose agent asks. */
  readonly sessionId: string;
  /** One line: the tool and what it is to do. */
  readonly title: string;
  /** What runs, printed from the parsed form: the whole script's programs in their order. */
  readonly commands: readonly AskedCommand[];
  readonly rule: string;
  readonly reason: string;
  /** The most that may be offered. */
  readonly remember: RememberScope;
  /** What `workspace` would remember: one rule for each program that is asked about. */
  readonly rules: readonly RuleOffer[];
  /** Milliseconds from now until no answer becomes a denial. */
  readonly answerWithinMs: number;
}

export interface AskedCommand {
  readonly text: string;
  readonly decision: Decision;
}

export interface RuleOffer {
  /** The narrowest rule, to be edited. */
  readonly text: string;
  /** Why an edited text cannot be the rule for this; undefined when it can. */
  check(text: string): string | undefined;
}

export type AskAnswer =
  | {
      readonly kind: 'allow';
      readonly remember: RememberScope;
      /** For `workspace`: the rules as edited, in the order of the offers; the offers themselves when absent. */
      readonly rules?: readonly string[];
    }
  | { readonly kind: 'deny'; readonly note?: string };

/** The user's answer. The signal ends when it comes too late. */
export type Confirm = (question: AskQuestion, signal: AbortSignal) => Promise<AskAnswer>;

/** Keeps the approvals of a workspace, where no workspace file can reach. */
export interface ApprovalStore {
  /** As it was saved, or as somebody damaged it; undefined when there is none. */
  load(workspace: string): Promise<unknown>;
  save(workspace: string, rules: readonly string[]): Promise<void>;
}

/** Who answered, and what was said: for the audit log. */
export interface AnswerRecord {
  readonly answer: 'allow' | 'deny';
  readonly by: 'user' | 'session' | 'workspace' | 'timeout' | 'limit' | 'cancelled' | 'failure';
  readonly remembered?: { readonly scope: 'session' | 'workspace'; readonly rules: readonly string[] };
  readonly note?: string;
}
