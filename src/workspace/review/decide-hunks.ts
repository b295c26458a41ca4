import { countLines } from '../count-lines.js';
import type { Approved } from './approve-items.js';
import { addFeedback, rejectedFile, rejectedHunk } from './feedback.js';
import { readMark, withMark, withoutHunks } from './marks.js';
import { storeText, withOnlyThese, without } from './proposal-texts.js';
import { readTexts } from './review-bytes.js';
import { type ReviewContext, reportDecision } from './review-context.js';
import type { ReviewItem } from './review-file.js';
import { withHunk, withProposal } from './revise-item.js';

/** One hunk as it is to be written; undefined when there is none of this key. */
export async function decideHunk(
  context: ReviewContext,
  item: ReviewItem,
  hunk: string,
): Promise<Approved | undefined> {
  const texts = await readTexts(context, item);
  if (texts === undefined || !texts.hunks.some(({ key }) => key === hunk)) return undefined;
  const { before, after } = item.change;
  const like = before.kind === 'file' ? before : after;
  const isLast = texts.hunks.length === 1;
  const state = isLast ? after : await storeText(context.blobs, withOnlyThese(texts, new Set([hunk])), like);
  return { item, expected: before, part: { hunks: [hunk], state } };
}

/** Takes one hunk out of the proposal. False when there is none of this key. */
export async function rejectHunk(context: ReviewContext, item: ReviewItem, key: string): Promise<boolean> {
  const { items, blobs } = context;
  const { change } = item;
  const texts = await readTexts(context, item);
  const hunk = texts?.hunks.find((one) => one.key === key);
  if (texts === undefined || hunk === undefined) return false;
  if (texts.hunks.length === 1) await rejectItem(context, item);
  else {
    const after = await storeText(blobs, without(texts, key), change.after);
    const lines = countLines(Buffer.from(texts.before), await blobs.get(after.sha256));
    const rest = withHunk(withProposal(item, after, lines), key, 'rejected');
    items.set(withMark(rest, withoutHunks(readMark(item), [key])));
    items.feedback = addFeedback(items.feedback, rejectedHunk(change.path, hunk));
    await reportDecision(context, rest.change, 'edited', 'a part of it was rejected');
  }
  return true;
}

export async function rejectItem(context: ReviewContext, item: ReviewItem): Promise<void> {
  const { items } = context;
  if (item.decision === 'applied') return;
  items.decide(item, 'rejected');
  items.feedback = addFeedback(items.feedback, rejectedFile(item.change.path));
  await reportDecision(context, item.change, 'rejected');
}
