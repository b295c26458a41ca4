import { changeKey } from '../changes.js';
import { classifyRisks } from '../risk/risk.js';
import type { Approved } from './approve-items.js';
import type { ReviewItem } from './review-file.js';

export interface Chosen {
  /** Shown exactly as they are now, and ordinary: these are approved. */
  readonly ordinary: readonly Approved[];
  /** Shown, and to be approved on their own, with the reason. */
  readonly guarded: readonly { readonly item: ReviewItem; readonly reason: string }[];
  /** Another one than was shown, not shown at all, or in conflict since. */
  readonly moved: readonly ReviewItem[];
}

/** What "approve all" stands for, when the user was shown these keys by path; `all` are those of the review. */
export function chooseShown(
  items: readonly ReviewItem[],
  shown: ReadonlyMap<string, string>,
  all: readonly ReviewItem[] = items,
): Chosen {
  const risksOf = classifyRisks(all);
  const open = items.filter(({ decision, change }) => decision === 'pending' && change.status !== 'refused');
  const conflicts = items.filter(({ decision, change }) => decision === 'conflict' && shown.has(change.path));
  const isShown = ({ change }: ReviewItem) => shown.get(change.path) === changeKey(change);
  const chosen = open.filter(isShown).map((item) => ({ item, risk: risksOf(item)[0] }));
  return {
    ordinary: chosen.filter(({ risk }) => risk === undefined).map(toApproved),
    guarded: chosen.flatMap(({ item, risk }) => (risk === undefined ? [] : [{ item, reason: risk.reason }])),
    moved: [...conflicts, ...open.filter((item) => !isShown(item))],
  };
}

function toApproved({ item }: { readonly item: ReviewItem }): Approved {
  return { item, expected: item.change.before };
}
