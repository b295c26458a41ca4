import { decodeText, splitLines } from '../hunks/split-lines.js';
import { addFeedback, commentOn } from './feedback.js';
import { readSide } from './review-bytes.js';
import type { ReviewContext } from './review-context.js';
import type { ReviewItem } from './review-file.js';

/** Remembers what the user says of a 1-based line of the proposal, with that line. Returns the comment's id. */
export async function commentOnItem(
  context: ReviewContext,
  item: ReviewItem,
  line: number,
  text: string,
): Promise<string> {
  const { items } = context;
  const proposal = decodeText(await readSide(context, item, 'after')) ?? '';
  const said = commentOn(item.change.path, line, splitLines(proposal)[line - 1] ?? '', text);
  items.feedback = addFeedback(items.feedback, said);
  await items.save();
  return said.id;
}
