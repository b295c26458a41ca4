import type { FileState } from '../changes.js';
import { countLines } from '../count-lines.js';
import { readSide } from './review-bytes.js';
import type { ReviewContext } from './review-context.js';
import type { ReviewItem } from './review-file.js';
import { withBase } from './revise-item.js';

/** What is still to be decided is the difference from what the real file is now, by our own doing. */
export async function keepRest(context: ReviewContext, item: ReviewItem, before: FileState): Promise<void> {
  const { items } = context;
  items.written.set(item.change.path, before);
  const rebased = { ...item, change: { ...item.change, before: { ...before } } };
  const lines = countLines(
    await readSide(context, rebased, 'before'),
    await readSide(context, rebased, 'after'),
  );
  items.decide(withBase(item, before, lines), 'pending');
}
