import type { ReviewedChange } from './review-api.js';
import type { ReviewItem } from './review-file.js';
import { classifyRisks } from './risk/risk.js';

/** A stored item as the user interface sees it. */
export function toReviewed({ change, decision, conflict, superseded }: ReviewItem): ReviewedChange {
  return {
    change,
    decision,
    risks: classifyRisks(change),
    ...(conflict === undefined ? {} : { conflict }),
    ...(superseded === undefined ? {} : { changedSince: true }),
  };
}
