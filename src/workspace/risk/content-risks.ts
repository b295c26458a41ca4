import { type Change, changeKey } from '../changes.js';
import type { ReviewItem } from '../review/review-file.js';
import type { Risk } from './risk.js';

/** Content that nobody has looked through, or could, is protected. */
export function unread(reason: string): Risk {
  return { rule: 'unread-content', reason };
}

/** What is kept of a proposal's content; until it has been looked through, that alone protects it. */
export function storedRisks({ change, contentRisks }: ReviewItem): readonly Risk[] {
  if (!hasContent(change)) return [];
  if (contentRisks?.of === changeKey(change)) return contentRisks.found;
  return [unread('its content has not been looked through yet')];
}

/** Whether there is content that is another one than before. A link is judged by where it leads. */
export function hasContent({ status }: Change): boolean {
  return status !== 'refused' && status !== 'mode' && status !== 'symlink';
}

export function isAssessed({ change, contentRisks }: ReviewItem): boolean {
  return !hasContent(change) || contentRisks?.of === changeKey(change);
}
