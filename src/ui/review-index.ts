import type { Review } from '../workspace/review/review-api.js';
import { listDecided, listRows, type Row, rowEntries } from './rows.js';
import { addSummaries, type Summary, summarizeRow } from './summary.js';

/** What a review holds, as it was when it last changed: made once for everybody who asks. */
export interface ReviewIndex {
  /** What waits for a decision, in the order of the tree. */
  readonly rows: readonly Row[];
  readonly decided: readonly Row[];
  /** The undecided rows by the path of the proposal, and of the old half of a rename. */
  readonly byPath: ReadonlyMap<string, Row>;
  /** Of the undecided rows. */
  readonly summary: Summary;
}

export function indexReview(review: Review): ReviewIndex {
  const entries = review.list();
  const rows = listRows(review, entries);
  const byPath = new Map<string, Row>();
  for (const row of rows) for (const { change } of rowEntries(row)) byPath.set(change.path, row);
  return {
    rows,
    decided: listDecided(review, entries),
    byPath,
    summary: addSummaries(rows.map(summarizeRow)),
  };
}
