import type { Change } from '../changes.js';
import type { ReviewItem } from '../review/review-file.js';
import { storedRisks } from './content-risks.js';
import { hiddenName } from './hidden-name.js';
import { judgePath } from './judge-path.js';
import { findMassDeletion, type MassDeletion } from './mass-deletion.js';
import { newExecutable } from './new-executable.js';

/** Why a change is protected: it is never part of "approve all", and asked about once more on its own. */
export interface Risk {
  readonly rule: string;
  /** Completes "It is protected, because …". */
  readonly reason: string;
  /** Where in the new text, 0-based. */
  readonly line?: number;
}

/** Every reason why a change is protected that the change itself tells; empty for an ordinary one. */
export function classifyChange(change: Change): readonly Risk[] {
  if (change.status === 'refused') return [];
  const others = [newExecutable(change), hiddenName(change)].filter((risk) => risk !== undefined);
  return [...judgePath(change), ...others];
}

/** Also those that its content and the other changes of the review tell. The list is looked at once, when it matters. */
export function classifyRisks(all: readonly ReviewItem[]): (item: ReviewItem) => readonly Risk[] {
  let masses: MassDeletion | undefined;
  return (item) => {
    const { change } = item;
    const risks = [...classifyChange(change), ...storedRisks(item)];
    if (change.status !== 'deleted') return risks;
    masses ??= findMassDeletion(all.map((one) => one.change));
    const mass = masses.get(change);
    return mass === undefined ? risks : [...risks, mass];
  };
}
