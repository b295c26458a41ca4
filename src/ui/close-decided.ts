import type { Review } from '../workspace/review/review-api.js';
import { closeDiffs } from './diff-editor.js';
import { isUndecided } from './rows.js';

/** Closes the diffs of what is decided in these reviews by now. */
export async function closeDecided(reviews: Iterable<Review>): Promise<void> {
  const byId = new Map([...reviews].map((review) => [review.sessionId, review]));
  await closeDiffs((address) => {
    const entry = byId.get(address.sessionId)?.get(address.path);
    return entry !== undefined && !isUndecided(entry);
  });
}
