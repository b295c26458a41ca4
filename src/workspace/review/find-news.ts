import type { WorkspacePath } from '../../base/workspace-path.js';
import { changeKey } from '../changes.js';
import type { ReviewItem } from './review-file.js';

export interface News {
  readonly change: ReviewItem['change'];
  readonly decision: 'conflict' | 'refused';
  readonly detail: string | undefined;
}

/** The conflicts and refusals that the last collection did not have: each is told of once. */
export function findNews(
  known: ReadonlyMap<WorkspacePath, ReviewItem>,
  items: Iterable<ReviewItem>,
): readonly News[] {
  const news: News[] = [];
  for (const item of items) {
    const { change, decision, conflict } = item;
    const last = known.get(change.path);
    if (last !== undefined && identify(last) === identify(item)) continue;
    if (decision === 'conflict') news.push({ change, decision, detail: conflict });
    else if (change.status === 'refused') news.push({ change, decision: 'refused', detail: change.reason });
  }
  return news;
}

function identify({ change, decision }: ReviewItem): string {
  return `${decision} ${change.status} ${changeKey(change)}`;
}
