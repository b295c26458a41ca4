import type { UndoOutcome } from '../../workspace/apply/undo.js';
import type { Review } from '../../workspace/review/review-api.js';

export interface Reopened {
  /** Paths that are again as they were before the apply. */
  readonly undone: readonly string[];
  /** Paths that were left as they are. */
  readonly stayed: readonly string[];
  /** In which the proposals wait for a decision again; undefined when it is gone. */
  readonly review: Review | undefined;
}

/** After an undo its proposals wait for a decision again. Throws what could not be written. */
export async function reopenUndone(
  { sessionId, outcomes }: Extract<UndoOutcome, { kind: 'undone' }>,
  findReview: (sessionId: string) => Promise<Review | undefined>,
): Promise<Reopened> {
  for (const outcome of outcomes) if (outcome.kind === 'failed') throw outcome.error;
  const isUndone = ({ kind }: { readonly kind: string }) => kind === 'applied';
  const undone = outcomes.filter(isUndone).map(({ path }) => path);
  const stayed = outcomes.filter((outcome) => !isUndone(outcome)).map(({ path }) => path);
  const review = await findReview(sessionId);
  await review?.reopen(undone);
  return { undone, stayed, review };
}
