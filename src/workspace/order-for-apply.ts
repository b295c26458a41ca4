import type { ReviewItem } from './review-file.js';

/** Deletions first and from the leaves up, so that a file can make room for a folder and the reverse. */
export function orderForApply(items: readonly ReviewItem[]): ReviewItem[] {
  const isDeletion = (item: ReviewItem) => item.change.after.kind === 'absent';
  const deletions = items.filter(isDeletion).reverse();
  return [...deletions, ...items.filter((item) => !isDeletion(item))];
}
