import { readMark } from './marks.js';
import type { ReviewedChange } from './review-api.js';
import type { ReviewItem } from './review-file.js';
import { classifyRisks, type Risk } from './risk/risk.js';

/** Stored items as the user interface sees them. */
export function listReviewed(all: readonly ReviewItem[]): readonly ReviewedChange[] {
  const risksOf = classifyRisks(all);
  return all.map((item) => describe(item, risksOf(item)));
}

/** One of `all`. */
export function toReviewed(item: ReviewItem, all: readonly ReviewItem[]): ReviewedChange {
  return describe(item, classifyRisks(all)(item));
}

function describe(item: ReviewItem, risks: readonly Risk[]): ReviewedChange {
  const { change, decision, conflict, superseded, fresh, edited, merge } = item;
  return {
    change,
    decision,
    risks,
    mark: readMark(item),
    fresh: new Set(fresh),
    isEdited: edited !== undefined,
    ...(conflict === undefined ? {} : { conflict }),
    ...(superseded === undefined ? {} : { changedSince: true }),
    ...(merge === undefined ? {} : { merge }),
  };
}
