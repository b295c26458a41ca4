import type * as z from 'zod';
import { changeKey } from '../../workspace/changes.js';
import type { Review, ReviewedChange } from '../../workspace/review/review-api.js';
import { protectedReasons, stateOf } from './change-state.js';
import { printJson, type ReviewContext, withReview } from './context.js';
import { approveDocument, describeSession } from './documents.js';
import { type FoundHunk, findHunks } from './hunk-ids.js';
import { type Leftover, leaveForObstacle, leaveMoved, leftStatus } from './left.js';
import type { OptionsOf } from './options.js';
import { renderApproval, renderProtected } from './render-decisions.js';
import { type SelectedChange, selectChanges } from './select-changes.js';

export type ApproveDocument = z.infer<typeof approveDocument>;
type Marked = ApproveDocument['changes'][number];

/** `airlock approve`: marks what `airlock apply` is to write, or takes marks back. Writes nothing to the workspace. */
export function approveChanges(context: ReviewContext, options: OptionsOf<'approve'>): Promise<number> {
  const { io } = context;
  return withReview(context, options, 'decide', async (review, place) => {
    const all = await selectChanges(review.list(), options.paths, place);
    const hunks = options.hunks.length === 0 ? undefined : await findHunks(review, all, options.hunks);
    const selected =
      hunks === undefined ? all : all.filter(({ reviewed }) => holds(hunks, reviewed.change.path));
    const { fit, left } = options.none
      ? { fit: selected.filter(isMarked), left: [] }
      : sort(selected, options);
    // Before the mark, which counts as the user's answer to them.
    if (!options.json && !options.none) await io.write(renderProtected(fit, place));
    const changes =
      hunks === undefined
        ? await markWhole(review, fit, left, !options.none)
        : await markHunks(review, fit, hunks, left, !options.none);
    const document: ApproveDocument = {
      version: 1,
      session: describeSession(review),
      marked: !options.none,
      changes,
      left,
    };
    if (options.json) await printJson(io, approveDocument, document);
    else await io.write(renderApproval(document, left, review.list(), place));
    return leftStatus(left);
  });
}

/** What can be marked, and what is left; what is decided already is only told of to who named it. */
function sort(
  selected: readonly SelectedChange[],
  { protected: withProtected, hunks }: OptionsOf<'approve'>,
): { readonly fit: readonly SelectedChange[]; readonly left: Leftover[] } {
  const fit: SelectedChange[] = [];
  const left: Leftover[] = [];
  for (const one of selected) {
    const isAsked = one.isNamed || hunks.length > 0;
    const obstacle = leaveForObstacle(one, isAsked) ?? leaveProtected(one, withProtected, isAsked);
    if (obstacle === undefined) fit.push(one);
    else if (obstacle.kind !== 'decided' || isAsked) left.push(obstacle);
  }
  return { fit, left };
}

function leaveProtected(
  { reviewed, isNamed }: SelectedChange,
  isIncluded: boolean,
  isAsked: boolean,
): Leftover | undefined {
  const reasons = protectedReasons(reviewed);
  if (reasons.length === 0 || isNamed || isIncluded) return undefined;
  const reason = `${reasons.join('; ')}. Name its own PATH to approve it`;
  return { path: reviewed.change.path, kind: 'protected', reason, isFailure: isAsked };
}

async function markWhole(
  review: Review,
  fit: readonly SelectedChange[],
  left: Leftover[],
  isMark: boolean,
): Promise<Marked[]> {
  const keys = new Map(fit.map(({ reviewed: { change } }) => [change.path, changeKey(change)]));
  await review.markAll(keys, isMark);
  const wanted = isMark ? 'all' : 'none';
  const paths = [...keys.keys()];
  const done = new Set(paths.filter((path) => review.get(path)?.mark.kind === wanted));
  left.push(...paths.filter((path) => !done.has(path)).map(leaveMoved));
  return fit
    .filter(({ reviewed }) => done.has(reviewed.change.path))
    .map(({ reviewed }) => describe(reviewed));
}

function describe(reviewed: ReviewedChange, hunks?: string[]): Marked {
  const reasons = protectedReasons(reviewed);
  return {
    path: reviewed.change.path,
    ...(hunks === undefined ? {} : { hunks }),
    ...(reasons.length === 0 ? {} : { protected: [...reasons] }),
  };
}

async function markHunks(
  review: Review,
  fit: readonly SelectedChange[],
  hunks: readonly FoundHunk[],
  left: Leftover[],
  isMark: boolean,
): Promise<Marked[]> {
  const marked: Marked[] = [];
  for (const { reviewed } of fit) {
    const { path } = reviewed.change;
    const ids: string[] = [];
    for (const one of hunks.filter((found) => found.path === path)) {
      const { key, hunk } = one;
      if (await review.mark(path, key, { kind: 'hunk', hunk: hunk.key, isMarked: isMark }))
        ids.push(hunk.key);
      else left.push(leaveMoved(path));
    }
    if (ids.length > 0) marked.push(describe(reviewed, ids));
  }
  return marked;
}

function isMarked({ reviewed }: SelectedChange): boolean {
  const state = stateOf(reviewed);
  return state === 'approved' || state === 'partly approved';
}

function holds(hunks: readonly FoundHunk[], path: string): boolean {
  return hunks.some((found) => found.path === path);
}
