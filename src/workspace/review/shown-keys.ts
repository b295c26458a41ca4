import { changeKey } from '../changes.js';
import type { ReviewedChange } from './review-api.js';

/** Key by path of the changes that "all" stands for: those that wait, and can be applied. */
export function shownKeys(items: readonly ReviewedChange[]): Map<string, string> {
  return new Map(
    items
      .filter(({ change, decision }) => decision === 'pending' && change.status !== 'refused')
      .map(({ change }) => [change.path, changeKey(change)]),
  );
}
