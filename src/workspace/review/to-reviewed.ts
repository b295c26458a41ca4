import { classifyRisks, type Risk } from '../risk/risk.js';
import { readMark } from './marks.js';
import type { ReviewedChange } from './review-api.js';
import type { ReviewItem } from './review-file.js';

const known = new WeakMap<ReviewItem, ReviewedChange>();

/** Stored items as the user interface sees them: the same object for as long as nothing of it is another one. */
export function listReviewed(all: readonly ReviewItem[]): readonly ReviewedChange[] {
  const risksOf = classifyRisks(all);
  return all.map((item) => describeOnce(item, risksOf));
}

/** One of `all`. */
export function toReviewed(item: ReviewItem, all: readonly ReviewItem[]): ReviewedChange {
  return describeOnce(item, classifyRisks(all));
}

function describeOnce(item: ReviewItem, risksOf: (item: ReviewItem) => readonly Risk[]): ReviewedChange {
  const seen = known.get(item);
  // What a deletion risks depends on the others.
  const isWhole = item.change.status !== 'deleted';
  if (seen !== undefined && (isWhole || isSame(seen.risks, risksOf(item)))) return seen;
  const reviewed = describe(item, risksOf(item));
  known.set(item, reviewed);
  return reviewed;
}

function isSame(some: readonly Risk[], others: readonly Risk[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ rule, reason }, index) => others[index]?.rule === rule && others[index].reason === reason)
  );
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
