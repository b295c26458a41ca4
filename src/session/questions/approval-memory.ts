import { describeError } from '../../base/errors.js';
import type { Logger } from '../../base/logger.js';
import { isApproved } from '../../policy/apply-approvals.js';
import type { Approval } from '../../policy/approval.js';
import { maxApprovals, parseApproval, printApproval, storedApprovals } from '../../policy/approval-text.js';
import type { Plan } from '../../policy/evaluate.js';
import type { ApprovalStore, RememberScope } from './question.js';

export interface MemoryOptions {
  readonly store?: ApprovalStore | undefined;
  /** Absolute path of the real workspace. */
  readonly workspace: string;
  /** The policy's bound on how long a consent holds. */
  readonly longest: RememberScope;
  readonly logger: Logger;
}

/** What the user consented to, for this session and for its workspace. */
export class ApprovalMemory {
  readonly #options: MemoryOptions;
  #session: readonly Approval[] = [];

  constructor(options: MemoryOptions) {
    this.#options = options;
  }

  /** The most that can be remembered. */
  get longest(): RememberScope {
    const { longest, store } = this.#options;
    return longest === 'workspace' && store === undefined ? 'session' : longest;
  }

  /** Which memory answers everything that the plan asks; undefined when the user must. */
  async find(plan: Plan): Promise<'session' | 'workspace' | undefined> {
    if (plan.decision.decision !== 'ask' || this.longest === 'once') return undefined;
    if (isApproved(plan, this.#session)) return 'session';
    if (this.longest !== 'workspace') return undefined;
    return isApproved(plan, [...this.#session, ...(await this.#stored())]) ? 'workspace' : undefined;
  }

  async remember(scope: 'session' | 'workspace', approvals: readonly Approval[]): Promise<void> {
    // A workspace's too: it holds for this session whatever becomes of the storage.
    this.#session = [...this.#session, ...approvals].slice(-maxApprovals);
    const { store, workspace } = this.#options;
    if (scope !== 'workspace' || store === undefined) return;
    const texts = [...(await this.#stored()), ...approvals].map(printApproval);
    await store.save(workspace, [...new Set(texts)].slice(-maxApprovals));
  }

  /** What cannot be read approves nothing. */
  async #stored(): Promise<readonly Approval[]> {
    const { store, workspace, logger } = this.#options;
    try {
      const parsed = storedApprovals.safeParse((await store?.load(workspace)) ?? []);
      if (!parsed.success) {
        logger.warn('the stored approvals of this workspace are damaged and are not used');
        return [];
      }
      return parsed.data.flatMap((text) => {
        const read = parseApproval(text);
        return read.ok ? [read.approval] : [];
      });
    } catch (error) {
      logger.warn(`the stored approvals of this workspace cannot be read: ${describeError(error)}`);
      return [];
    }
  }
}
