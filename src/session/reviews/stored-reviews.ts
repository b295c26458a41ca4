import type { Logger } from '../../base/logger.js';
import { describeOwner, type Owner } from '../../base/owner.js';
import { toVisibleLine } from '../../base/visible-text.js';
import { loadReviewFile, type ReviewFile } from '../../workspace/review/review-file.js';
import { findHolder, listSessionIds, sessionFiles } from '../stale/session-files.js';

/** What a stored review is about. */
export interface StoredReview {
  readonly sessionId: string;
  /** Absolute, links resolved. */
  readonly workspace: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly prompt: string;
  /** Changes that wait for a decision. */
  readonly undecided: number;
  /** The other live process that alone may decide in it. */
  readonly holder?: string;
}

/** Every review that can be read, newest first. Nothing is opened or mended; a damaged one is told of. */
export async function listStoredReviews(
  stateDir: string,
  owner: Owner,
  logger: Pick<Logger, 'warn'>,
): Promise<readonly StoredReview[]> {
  const found: StoredReview[] = [];
  for (const sessionId of await listSessionIds(stateDir)) {
    const loaded = await loadReviewFile(sessionFiles(stateDir, sessionId).dir, { keepDamaged: true });
    if (loaded.kind === 'damaged')
      logger.warn(`the review of session ${sessionId} is damaged: ${toVisibleLine(loaded.reason, 200)}`);
    if (loaded.kind !== 'loaded') continue;
    const holder = await findHolder(stateDir, sessionId, owner);
    found.push({
      ...describe(sessionId, loaded.file),
      ...(holder === undefined ? {} : { holder: describeOwner(holder) }),
    });
  }
  return found.sort((a, b) => b.createdAt - a.createdAt);
}

function describe(sessionId: string, { workspace, createdAt, prompt, items }: ReviewFile): StoredReview {
  const isDecided = (decision: string) => decision === 'applied' || decision === 'rejected';
  const undecided = items.filter(({ decision }) => !isDecided(decision)).length;
  return { sessionId, workspace, createdAt, prompt, undecided };
}
