import { changeKey } from '../changes.js';
import { classifyRisks } from '../risk/risk.js';
import type { Approved } from './approve-items.js';
import { applyWish, isMarkable, type MarkWish, readMark, withMark } from './marks.js';
import { storeText, withOnlyThese } from './proposal-texts.js';
import { readTexts } from './review-bytes.js';
import type { ReviewContext } from './review-context.js';
import type { ReviewItem } from './review-file.js';

/** See `Review.mark`. */
export async function markItem(
  context: ReviewContext,
  path: string,
  key: string,
  wish: MarkWish,
): Promise<boolean> {
  const item = context.items.get(path);
  if (item === undefined || !isMarkable(item) || changeKey(item.change) !== key) return false;
  const texts = wish.kind === 'hunk' ? await readTexts(context, item) : undefined;
  const hunks = texts?.hunks.map((hunk) => hunk.key) ?? [];
  if (wish.kind === 'hunk' && !hunks.includes(wish.hunk)) return false;
  context.items.set(withMark(item, applyWish(readMark(item), wish, hunks)));
  return true;
}

/** See `Review.markAll`. */
export function markItems(
  { items }: ReviewContext,
  shown: ReadonlyMap<string, string>,
  isMarked: boolean,
): void {
  for (const [path, key] of shown) {
    const item = items.get(path);
    if (item !== undefined && isMarkable(item) && changeKey(item.change) === key)
      items.set(withMark(item, { kind: isMarked ? 'all' : 'none' }));
  }
}

export interface MarkedItems {
  readonly approved: readonly Approved[];
  /** Protected, and not confirmed as they are now. */
  readonly guarded: readonly { readonly item: ReviewItem; readonly reason: string }[];
}

/** What is marked, as it is to be written. */
export async function listMarked(
  context: ReviewContext,
  confirmed: ReadonlyMap<string, string>,
): Promise<MarkedItems> {
  const approved: Approved[] = [];
  const guarded: { item: ReviewItem; reason: string }[] = [];
  const items = context.items.values();
  const risksOf = classifyRisks(items);
  for (const item of items) {
    if (!isMarkable(item) || readMark(item).kind === 'none') continue;
    const [risk] = risksOf(item);
    if (risk !== undefined && confirmed.get(item.change.path) !== changeKey(item.change))
      guarded.push({ item, reason: risk.reason });
    else approved.push(await toApproved(context, item));
  }
  return { approved, guarded };
}

async function toApproved(context: ReviewContext, item: ReviewItem): Promise<Approved> {
  const { before, after } = item.change;
  const mark = readMark(item);
  const texts = mark.kind === 'hunks' ? await readTexts(context, item) : undefined;
  if (mark.kind !== 'hunks' || texts === undefined) return { item, expected: before };
  const like = before.kind === 'file' ? before : after;
  const state = await storeText(context.blobs, withOnlyThese(texts, mark.keys), like);
  return { item, expected: before, part: { hunks: [...mark.keys], state } };
}
