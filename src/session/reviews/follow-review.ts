import { watch } from 'node:fs';
import { describeError } from '../../base/errors.js';
import type { Logger } from '../../base/logger.js';
import type { WorkspaceReview } from '../../workspace/review/review.js';
import { REVIEW_FILE } from '../../workspace/review/review-file.js';

/**
 * Shows what another process decides in a review that is open here, as soon as the system tells of it. Nothing but what
 * is seen depends on it: every step of a review begins with what is stored.
 */
export function followReview(review: WorkspaceReview, logger: Logger): void {
  const giveUp = (error: unknown) =>
    logger.debug(`session ${review.sessionId} is not watched: ${describeError(error)}`);
  try {
    const watcher = watch(review.sessionDir, { persistent: false });
    watcher.on('error', giveUp);
    watcher.on('change', (_, name) => {
      if (name !== REVIEW_FILE) return;
      review
        .refresh()
        .then((isThere) => isThere || watcher.close())
        .catch(giveUp);
    });
  } catch (error) {
    giveUp(error);
  }
}
