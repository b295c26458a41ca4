import { type Change, changeKey } from '../changes.js';
import type { ReviewItem } from './review-file.js';

/** What the next apply of everything that is marked will write of a change. */
export type Mark =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  /** By their keys; the other hunks of the file go on waiting. */
  | { readonly kind: 'hunks'; readonly keys: ReadonlySet<string> };

/** What the user ticked or unticked: the whole change, or one hunk of it. */
export type MarkWish =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'hunk'; readonly hunk: string; readonly isMarked: boolean };

const NONE: Mark = { kind: 'none' };
const ALL: Mark = { kind: 'all' };

export function readMark({ mark, change }: ReviewItem): Mark {
  if (mark === undefined) return NONE;
  if (mark.kind === 'hunks') return { kind: 'hunks', keys: new Set(mark.keys) };
  return mark.key === changeKey(change) ? ALL : NONE;
}

/** Whether a change can be marked as it stands. */
export function isMarkable({ decision, change }: Pick<ReviewItem, 'decision'> & { change: Change }): boolean {
  return decision === 'pending' && change.status !== 'refused';
}

/** The mark that a wish makes of another one; `hunks` are the keys of all that there are, in order. */
export function applyWish(mark: Mark, wish: MarkWish, hunks: readonly string[]): Mark {
  if (wish.kind === 'all') return ALL;
  if (wish.kind === 'none') return NONE;
  const marked = new Set(mark.kind === 'all' ? hunks : mark.kind === 'hunks' ? mark.keys : []);
  if (wish.isMarked) marked.add(wish.hunk);
  else marked.delete(wish.hunk);
  const keys = hunks.filter((key) => marked.has(key));
  if (keys.length === 0) return NONE;
  return keys.length === hunks.length ? ALL : { kind: 'hunks', keys: new Set(keys) };
}

/** What is left of a mark when some hunks are decided. */
export function withoutHunks(mark: Mark, decided: readonly string[]): Mark {
  if (mark.kind !== 'hunks') return mark;
  const keys = [...mark.keys].filter((key) => !decided.includes(key));
  return keys.length === 0 ? NONE : { kind: 'hunks', keys: new Set(keys) };
}

export function withMark(item: ReviewItem, mark: Mark): ReviewItem {
  const { mark: _, ...rest } = item;
  switch (mark.kind) {
    case 'none':
      return rest;
    case 'all':
      return { ...rest, mark: { kind: 'all', key: changeKey(item.change) } };
    case 'hunks':
      return { ...rest, mark: { kind: 'hunks', keys: [...mark.keys] } };
  }
}
