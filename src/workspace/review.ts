import { loadReviewFile, type ReviewFile, saveReviewFile } from './review-file.js';
import { type OnDecision, WorkspaceReview } from './workspace-review.js';

export type { DecisionRecord, OnDecision } from './workspace-review.js';
export { WorkspaceReview };

export interface ReviewMeta {
  readonly sessionId: string;
  /** Absolute, links resolved. */
  readonly workspace: string;
  readonly createdAt: number;
  readonly prompt: string;
}

export type OpenedReview =
  | { readonly kind: 'open'; readonly review: WorkspaceReview }
  | { readonly kind: 'none' }
  /** The file was moved to `movedTo`; the stored bytes are untouched. */
  | { readonly kind: 'damaged'; readonly movedTo: string; readonly reason: string };

/** A new, empty review in the session's directory, already on the disk. */
export async function createReview(
  sessionDir: string,
  meta: ReviewMeta,
  onDecision?: OnDecision,
): Promise<WorkspaceReview> {
  const file: ReviewFile = { version: 1, ...meta, items: [], written: [] };
  await saveReviewFile(sessionDir, file);
  return new WorkspaceReview(sessionDir, file, onDecision);
}

/** The review that an earlier session left. An approval cut short by a crash is pending again; it is safe to repeat. */
export async function openReview(sessionDir: string, onDecision?: OnDecision): Promise<OpenedReview> {
  const loaded = await loadReviewFile(sessionDir);
  if (loaded.kind !== 'loaded') return loaded;
  const items = loaded.file.items.map((item) =>
    item.decision === 'approved' ? { ...item, decision: 'pending' as const } : item,
  );
  return { kind: 'open', review: new WorkspaceReview(sessionDir, { ...loaded.file, items }, onDecision) };
}
