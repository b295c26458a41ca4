import type { Applier } from '../apply/applier.js';
import type { BlobStore } from '../blob-store.js';
import type { DecisionRecord, OnDecision } from './review-api.js';
import type { ReviewItem } from './review-file.js';
import type { ReviewItems } from './review-items.js';

/** What the steps of a review work with. */
export interface ReviewContext {
  readonly sessionId: string;
  /** Absolute, links resolved. */
  readonly workspace: string;
  readonly items: ReviewItems;
  readonly blobs: BlobStore;
  readonly applier: Applier;
  readonly onDecision: OnDecision;
}

export async function reportDecision(
  { onDecision }: ReviewContext,
  change: ReviewItem['change'],
  decision: DecisionRecord['decision'],
  detail?: string,
): Promise<void> {
  const { path, before, after } = change;
  await onDecision({ path, decision, before, after, ...(detail === undefined ? {} : { detail }) });
}
