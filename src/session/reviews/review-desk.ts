import type { Logger } from '../../base/logger.js';
import { currentOwner, describeOwner } from '../../base/owner.js';
import { reviewErrors } from '../../base/review-errors.js';
import { Applier } from '../../workspace/apply/applier.js';
import type { Applied, UndoOutcome } from '../../workspace/apply/undo.js';
import { openReview } from '../../workspace/review/review.js';
import type { Review } from '../../workspace/review/review-api.js';
import { recordDecision } from '../capture/change-record.js';
import { findProposedSecrets } from '../capture/find-proposed-secrets.js';
import { SessionAudit } from '../record/session-audit.js';
import { findHolder, sessionFiles } from '../stale/session-files.js';
import { type Reopened, reopenUndone } from './reopen-undone.js';
import { listStoredReviews, type StoredReview } from './stored-reviews.js';
import { tellRecovery } from './tell-recovery.js';

export type TakenBack = ({ readonly kind: 'undone' } & Reopened) | Exclude<UndoOutcome, { kind: 'undone' }>;

/** The stored reviews, for a command that does one thing and ends. Needs no engine. */
export class ReviewDesk {
  readonly #owner = currentOwner();

  constructor(
    readonly stateDir: string,
    readonly logger: Logger,
  ) {}

  /** Newest first. */
  list(): Promise<readonly StoredReview[]> {
    return listStoredReviews(this.stateDir, this.#owner, this.logger);
  }

  /** Opens a review to look at it, as it is stored now, whoever else decides in it. */
  async read<T>(sessionId: string, look: (review: Review) => Promise<T>): Promise<T> {
    const opened = await this.#open(sessionId);
    if (opened === undefined) throw noReview(sessionId);
    try {
      return await look(opened.review);
    } finally {
      await opened.audit.close();
    }
  }

  /** Opens a review to decide in it. Throws `reviewHeld` when only another process may. */
  async decide<T>(sessionId: string, work: (review: Review) => Promise<T>): Promise<T> {
    await this.#refuseHeld(sessionId);
    return this.read(sessionId, work);
  }

  /** What can be taken back in a workspace (absolute, links resolved), newest first. */
  applied(workspace: string): Promise<readonly Applied[]> {
    return this.#applier(workspace).applied();
  }

  /** Takes an apply back; its proposals wait for a decision again, if their review is still there. */
  async undo(
    workspace: string,
    { id, sessionId }: Applied,
    options: { readonly skipEdited: boolean },
  ): Promise<TakenBack> {
    await this.#refuseHeld(sessionId);
    const outcome = await this.#applier(workspace).undo(id, options);
    if (outcome.kind !== 'undone') return outcome;
    const opened = await this.#open(sessionId);
    try {
      return { kind: 'undone', ...(await reopenUndone(outcome, async () => opened?.review)) };
    } finally {
      await opened?.audit.close();
    }
  }

  async #open(sessionId: string): Promise<{ review: Review; audit: SessionAudit } | undefined> {
    const { stateDir, logger } = this;
    const files = sessionFiles(stateDir, sessionId);
    const audit = SessionAudit.ended(files.audit, logger);
    const opened = await openReview({
      dir: files.dir,
      stateDir,
      onDecision: recordDecision(audit),
      onRecovery: tellRecovery(logger),
      findSecrets: findProposedSecrets,
    });
    if (opened.kind === 'damaged') throw reviewErrors.damaged(sessionId, opened.reason, opened.movedTo);
    return opened.kind === 'none' ? undefined : { review: opened.review, audit };
  }

  async #refuseHeld(sessionId: string): Promise<void> {
    const holder = await findHolder(this.stateDir, sessionId, this.#owner);
    if (holder !== undefined) throw reviewErrors.held(sessionId, describeOwner(holder));
  }

  #applier(workspace: string): Applier {
    return new Applier(this.stateDir, workspace, tellRecovery(this.logger));
  }
}

function noReview(sessionId: string) {
  return reviewErrors.missing(
    `The review of session ${sessionId} is gone.`,
    'Run `airlock changes` to see what waits.',
  );
}
