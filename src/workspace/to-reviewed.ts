import type { ReviewedChange } from './review-api.js';
import type { ReviewItem } from './review-file.js';
import { classifyRisks } from './risk/risk.js';

/** A stored item as the user interface sees it. */
export function toReviewed({ change, decision, conflict }: ReviewItem): ReviewedChange {
  const risks = classifyRisks(change);
  return conflict === undefined ? { change, decision, risks } : { change, decision, conflict, risks };
}
