import type { FileState } from '../changes.js';
import { countLines } from '../count-lines.js';
import { hasConflictMarkers } from '../hunks/mark-conflicts.js';
import { decodeText } from '../hunks/split-lines.js';
import { mergeWithLive, UNRESOLVED } from './merge-items.js';
import { readSide } from './review-bytes.js';
import { type ReviewContext, reportDecision } from './review-context.js';
import type { ReviewItem } from './review-file.js';
import { withoutEdits, withProposal } from './revise-item.js';

/** The user's own text is the proposal now. */
export async function editItem(
  context: ReviewContext,
  item: ReviewItem,
  bytes: Uint8Array,
  isDraft: boolean,
): Promise<void> {
  const { change } = item;
  const sha = await context.blobs.put(bytes);
  const mode = [change.after, change.before].find((state) => state.kind === 'file')?.mode ?? 0o644;
  const after: FileState = { kind: 'file', sha256: sha, size: bytes.length, mode };
  const lines = countLines(await readSide(context, item, 'before'), bytes);
  await replace(context, settleMerge(withProposal(item, after, lines), decodeText(bytes), isDraft));
}

/** Back to the agent's proposal; false when the user made no other of it. */
export async function resetItem(context: ReviewContext, item: ReviewItem): Promise<boolean> {
  if (item.edited === undefined) return false;
  const before = await readSide(context, item, 'before');
  const lines = countLines(before, await readSide(context, item, 'agent'));
  await replace(context, withoutEdits(item, item.edited, lines), 'back to what the agent proposed');
  return true;
}

/** See `Review.beginMerge`. */
export async function beginMerge(context: ReviewContext, item: ReviewItem): Promise<boolean> {
  const merge = await mergeWithLive(context, item);
  if (merge !== undefined) await replace(context, merge.item, 'merged with the real file');
  return merge !== undefined;
}

async function replace(context: ReviewContext, item: ReviewItem, detail?: string): Promise<void> {
  context.items.set(item);
  await context.items.save();
  await reportDecision(context, item.change, 'edited', detail);
}

/** A merge is resolved when its markers are gone, and not before the user is done with it. */
function settleMerge(item: ReviewItem, text: string | undefined, isDraft: boolean): ReviewItem {
  if (item.merge === undefined) return item;
  const isOpen = isDraft || (text !== undefined && hasConflictMarkers(text));
  return item.merge === 'marked' && isOpen
    ? { ...item, decision: 'conflict', conflict: UNRESOLVED }
    : { ...item, decision: 'pending', merge: 'clean' };
}
