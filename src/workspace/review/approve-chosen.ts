import { approveItems } from './approve-items.js';
import type { Chosen } from './choose-shown.js';
import { mergeOrConflict } from './merge-items.js';
import { refuse } from './refusals.js';
import type { ApplyOutcome } from './review-api.js';
import type { ReviewContext } from './review-context.js';

/** Applies what is ordinary, and tells what becomes of the rest. */
export async function approveChosen(
  context: ReviewContext,
  { ordinary, guarded, moved }: Chosen,
): Promise<readonly ApplyOutcome[]> {
  const applied = await approveItems(context, ordinary);
  const refused = guarded.map(({ item, reason }) =>
    refuse(item.change, `protected, to be approved on its own: ${reason}`),
  );
  const conflicts: ApplyOutcome[] = [];
  for (const item of moved) {
    const reason = item.conflict ?? 'it changed since it was shown';
    conflicts.push(await mergeOrConflict(context, item, reason, { merge: item.hostEdited }));
  }
  return [...refused, ...applied, ...conflicts];
}
