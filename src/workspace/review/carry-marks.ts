import type { WorkspacePath } from '../../base/workspace-path.js';
import { changeKey } from '../changes.js';
import { readMark, withMark } from './marks.js';
import { type ByteSource, readTexts } from './review-bytes.js';
import type { ReviewItem } from './review-file.js';

/**
 * Of each file that the user had begun to decide on: the marks of the hunks that are the same in the agent's new
 * proposal stay, and those that were not there are fresh.
 */
export async function carryMarks(
  known: ReadonlyMap<WorkspacePath, ReviewItem>,
  items: Map<WorkspacePath, ReviewItem>,
  source: ByteSource,
): Promise<void> {
  for (const [path, item] of items) {
    const former = known.get(path);
    if (former === undefined || item.decision === 'rejected' || !isBegun(former)) continue;
    if (former.decision === 'applied' || changeKey(former.change) === changeKey(item.change)) continue;
    items.set(path, await carryOne(former, item, source));
  }
}

function isBegun({ mark, hunks, fresh, decision }: ReviewItem): boolean {
  return mark !== undefined || hunks !== undefined || fresh !== undefined || decision === 'rejected';
}

async function carryOne(former: ReviewItem, item: ReviewItem, source: ByteSource): Promise<ReviewItem> {
  const old = await readTexts(source, former);
  const now = await readTexts(source, item);
  if (old === undefined || now === undefined) return withMark(item, { kind: 'none' });
  const unseen = new Set(former.fresh);
  const seen = new Set(old.hunks.map(({ key }) => key).filter((key) => !unseen.has(key)));
  const keys = now.hunks.map(({ key }) => key);
  const mark = readMark(former);
  const wasMarked = (key: string) => (mark.kind === 'hunks' ? mark.keys.has(key) : mark.kind === 'all');
  const marked = keys.filter((key) => seen.has(key) && wasMarked(key));
  const fresh = keys.filter((key) => !seen.has(key));
  const carried = withMark(
    item,
    marked.length === 0 ? { kind: 'none' } : { kind: 'hunks', keys: new Set(marked) },
  );
  return fresh.length === 0 ? carried : { ...carried, fresh };
}
