import { describeError } from '../../base/errors.js';
import type { Logger } from '../../base/logger.js';
import type { Owner } from '../../base/owner.js';
import { openReview, type WorkspaceReview } from '../../workspace/review/review.js';
import type { Review } from '../api.js';
import { recordDecision } from '../capture/change-record.js';
import { findProposedSecrets } from '../capture/find-proposed-secrets.js';
import type { SessionAudit } from '../record/session-audit.js';
import { findHolder, listSessionIds, sessionFiles } from '../stale/session-files.js';
import { followReview } from './follow-review.js';
import { tellRecovery } from './tell-recovery.js';

export interface StoredReviewOptions {
  readonly stateDir: string;
  /** This process. */
  readonly owner: Owner;
  readonly logger: Logger;
  /** The one log of a session: two writers would break its chain. */
  readonly auditOf: (sessionId: string) => SessionAudit;
}

export interface OpenReviewsOptions extends StoredReviewOptions {
  /** Sessions whose review is open in this process already. */
  readonly except: ReadonlySet<string>;
  /** Only reviews of this workspace (links resolved). */
  readonly workspace: string | undefined;
}

/** The stored reviews that still have something to decide, newest first. A damaged one is reported and left. */
export async function openStoredReviews(options: OpenReviewsOptions): Promise<readonly Review[]> {
  const found: Review[] = [];
  for (const sessionId of await listSessionIds(options.stateDir)) {
    if (options.except.has(sessionId) || (await isHeldElsewhere(options, sessionId))) continue;
    const review = await open(options, sessionId);
    if (review === undefined) continue;
    if (options.workspace !== undefined && review.workspace !== options.workspace) continue;
    if (!review.list().some(({ decision }) => decision === 'pending' || decision === 'conflict')) continue;
    followReview(review, options.logger);
    found.push(review);
  }
  return found.sort((a, b) => b.createdAt - a.createdAt);
}

/** The review of one session, also when nothing in it is left to decide; undefined when another process holds it. */
export async function openStoredReview(
  options: StoredReviewOptions,
  sessionId: string,
): Promise<Review | undefined> {
  if (!(await listSessionIds(options.stateDir)).includes(sessionId)) return undefined;
  const review = (await isHeldElsewhere(options, sessionId)) ? undefined : await open(options, sessionId);
  if (review !== undefined) followReview(review, options.logger);
  return review;
}

async function open(
  { stateDir, logger, auditOf }: StoredReviewOptions,
  sessionId: string,
): Promise<WorkspaceReview | undefined> {
  const files = sessionFiles(stateDir, sessionId);
  try {
    const opened = await openReview({
      dir: files.dir,
      stateDir,
      onDecision: recordDecision(auditOf(sessionId)),
      onRecovery: tellRecovery(logger),
      findSecrets: findProposedSecrets,
    });
    if (opened.kind === 'open') return opened.review;
    if (opened.kind === 'damaged') {
      logger.warn(
        `the review of session ${sessionId} is damaged (${opened.reason}); it was kept as ${opened.movedTo}`,
      );
    }
  } catch (error) {
    logger.warn(`the review of session ${sessionId} cannot be opened: ${describeError(error)}`);
  }
  return undefined;
}

/** Another live process runs the session, and is the only one that may write its review. */
export async function isHeldElsewhere(
  { stateDir, owner }: Pick<StoredReviewOptions, 'stateDir' | 'owner'>,
  sessionId: string,
): Promise<boolean> {
  return (await findHolder(stateDir, sessionId, owner)) !== undefined;
}
