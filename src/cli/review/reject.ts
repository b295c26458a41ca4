import type * as z from 'zod';
import { changeKey } from '../../workspace/changes.js';
import type { Review } from '../../workspace/review/review-api.js';
import { isUndecided, stateOf } from './change-state.js';
import { printJson, type ReviewContext, withReview } from './context.js';
import { describeSession, rejectDocument } from './documents.js';
import { type FoundHunk, findHunks } from './hunk-ids.js';
import { type Leftover, leaveForObstacle, leaveMoved, leftStatus } from './left.js';
import type { OptionsOf } from './options.js';
import { renderRejection } from './render-decisions.js';
import { type SelectedChange, selectChanges } from './select-changes.js';

export type RejectDocument = z.infer<typeof rejectDocument>;
type Rejected = RejectDocument['rejected'][number];

/** `airlock reject` */
export function rejectChanges(context: ReviewContext, options: OptionsOf<'reject'>): Promise<number> {
  return withReview(context, options, 'decide', async (review, place) => {
    const selected = await selectChanges(review.list(), options.paths, place);
    const left: Leftover[] = [];
    const rejected =
      options.hunks.length === 0
        ? await rejectWhole(review, selected, options.all, left)
        : await rejectHunks(review, await findHunks(review, selected, options.hunks), left);
    const document: RejectDocument = { version: 1, session: describeSession(review), rejected, left };
    if (options.json) await printJson(context.io, rejectDocument, document);
    else await context.io.write(renderRejection(document, left, place));
    return leftStatus(left);
  });
}

async function rejectWhole(
  review: Review,
  selected: readonly SelectedChange[],
  isAll: boolean,
  left: Leftover[],
): Promise<Rejected[]> {
  const rejected: Rejected[] = [];
  if (isAll) await review.rejectAll();
  for (const one of selected) {
    const { path } = one.reviewed.change;
    if (isUndecided(one.reviewed)) {
      if (!isAll) await review.reject(path);
      if (review.get(path)?.decision === 'rejected') rejected.push({ path });
      else left.push(leaveMoved(path));
    } else if (one.isNamed && stateOf(one.reviewed) !== 'rejected') {
      const obstacle = leaveForObstacle(one, true);
      if (obstacle !== undefined) left.push(obstacle);
    }
  }
  return rejected;
}

async function rejectHunks(
  review: Review,
  hunks: readonly FoundHunk[],
  left: Leftover[],
): Promise<Rejected[]> {
  const rejected = new Map<string, string[]>();
  const keys = new Map(hunks.map(({ path, key }) => [path, key]));
  for (const { path, hunk } of hunks) {
    if (await review.rejectHunk(path, keys.get(path) ?? '', hunk.key))
      rejected.set(path, [...(rejected.get(path) ?? []), hunk.key]);
    else left.push(leaveMoved(path));
    // Without the hunk it is another proposal.
    const now = review.get(path);
    if (now !== undefined) keys.set(path, changeKey(now.change));
  }
  return [...rejected].map(([path, ids]) => ({ path, hunks: ids }));
}
