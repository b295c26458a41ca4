import { readMark } from './marks.js';
import type { ReviewedChange } from './review-api.js';
import type { ReviewItem } from './review-file.js';
import { classifyRisks } from './risk/risk.js';

const known = new WeakMap<ReviewItem, ReviewedChange>();

/** A stored item as the user interface sees it: the same object for as long as the item is the same one. */
export function toReviewed(item: ReviewItem): ReviewedChange {
  const seen = known.get(item);
  if (seen !== undefined) return seen;
  const reviewed = describe(item);
  known.set(item, reviewed);
  return reviewed;
}

function describe(item: ReviewItem): ReviewedChange {
  const { change, decision, conflict, superseded, fresh, edited, merge } = item;
  return {
    change,
    decision,
    risks: classifyRisks(change),
    mark: readMark(item),
    fresh: new Set(fresh),
    isEdited: edited !== undefined,
    ...(conflict === undefined ? {} : { conflict }),
    ...(superseded === undefined ? {} : { changedSince: true }),
    ...(merge === undefined ? {} : { merge }),
  };
}
