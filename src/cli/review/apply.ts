import type * as z from 'zod';
import { errors } from '../../base/errors.js';
import { reviewErrors } from '../../base/review-errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import { changeKey } from '../../workspace/changes.js';
import { LiveWorkspace, toFileState } from '../../workspace/live-workspace.js';
import type { ApplyOutcome, Review, ReviewedChange } from '../../workspace/review/review-api.js';
import { exitStatus } from '../exit-status.js';
import { protectedReasons } from './change-state.js';
import { printJson, type ReviewContext, withReview } from './context.js';
import { applyDocument, describeSession } from './documents.js';
import { readHunks } from './hunk-ids.js';
import { type Leftover, leftStatus } from './left.js';
import type { OptionsOf } from './options.js';
import { renderApply, renderProtected } from './render-decisions.js';
import { type Place, type SelectedChange, selectChanges, showPath } from './select-changes.js';

export type ApplyDocument = z.infer<typeof applyDocument>;

/** `airlock apply`: writes what is approved, or one change over the conflicting edits of the real file. */
export function applyChanges(context: ReviewContext, options: OptionsOf<'apply'>): Promise<number> {
  const { io } = context;
  return withReview(context, options, 'decide', async (review, place) => {
    const chosen = await choose(review, options, place);
    if (!options.json) await io.write(renderProtected(chosen, place));
    const outcomes =
      options.overwrite.length === 0
        ? await review.applyMarked(keysOfProtected(chosen))
        : await overwrite(review, chosen);
    const left = outcomes.flatMap(leaveOutcome);
    const document: ApplyDocument = {
      version: 1,
      session: describeSession(review),
      applied: await describeApplied(review, outcomes),
      left,
    };
    if (options.json) await printJson(io, applyDocument, document);
    else await io.write(renderApply(document, left, place));
    return left.some(({ kind }) => kind === 'failed') ? exitStatus.failed : leftStatus(left);
  });
}

async function choose(
  review: Review,
  { overwrite: paths }: OptionsOf<'apply'>,
  place: Place,
): Promise<readonly SelectedChange[]> {
  if (paths.length > 0) {
    const selected = await selectChanges(review.list(), paths, place);
    for (const one of selected) requireConflict(one, place);
    return selected;
  }
  const isMarked = ({ mark, decision }: ReviewedChange) => mark.kind !== 'none' && decision === 'pending';
  const marked = (await selectChanges(review.list(), [], place)).filter(({ reviewed }) => isMarked(reviewed));
  if (marked.length === 0)
    throw reviewErrors.missing(
      `Nothing is approved in the review of session ${review.sessionId}.`,
      'Look with `airlock diff`, and mark with `airlock approve PATH…` what is to be written.',
    );
  return marked;
}

function requireConflict({ reviewed, isNamed }: SelectedChange, place: Place): void {
  const path = showPath(reviewed.change.path, place);
  if (!isNamed) throw errors.usage(`--overwrite takes changes by their own path, not a folder ("${path}").`);
  if (reviewed.decision !== 'conflict')
    throw errors.usage(
      `"${path}" is in no conflict: there is nothing to overwrite. \`airlock approve\` marks it.`,
    );
}

/** They were named when they were marked, and their reasons were told. */
function keysOfProtected(marked: readonly SelectedChange[]): ReadonlyMap<string, string> {
  const guarded = marked.filter(({ reviewed }) => protectedReasons(reviewed).length > 0);
  return new Map(guarded.map(({ reviewed: { change } }) => [change.path, changeKey(change)]));
}

async function overwrite(
  review: Review,
  chosen: readonly SelectedChange[],
): Promise<readonly ApplyOutcome[]> {
  const outcomes: ApplyOutcome[] = [];
  for (const { reviewed } of chosen) {
    const { path } = reviewed.change;
    const live = toFileState(await new LiveWorkspace(review.workspace).read(path));
    outcomes.push(
      live === undefined
        ? { kind: 'refused', path, reason: 'a folder or a special file is in its place; move it away first' }
        : await review.approve(path, changeKey(reviewed.change), { live }),
    );
  }
  return outcomes;
}

function leaveOutcome(outcome: ApplyOutcome): readonly Leftover[] {
  const { kind, path } = outcome;
  switch (kind) {
    case 'applied':
      return [];
    case 'merged':
      return [
        {
          path,
          kind,
          reason: 'merged with your edits; look at it with `airlock diff` and approve it again',
          isFailure: true,
        },
      ];
    case 'conflict':
      return [{ path, kind, reason: `conflict: ${outcome.reason}. ${AFTER_CONFLICT}`, isFailure: true }];
    case 'refused':
      return [{ path, kind, reason: outcome.reason, isFailure: true }];
    case 'failed':
      return [{ path, kind, reason: toVisibleLine(outcome.error.message, 1000), isFailure: true }];
  }
}

const AFTER_CONFLICT =
  'Look at it with `airlock diff`; then `airlock apply --overwrite PATH` or `airlock reject PATH`';

async function describeApplied(
  review: Review,
  outcomes: readonly ApplyOutcome[],
): Promise<ApplyDocument['applied']> {
  const applied: ApplyDocument['applied'] = [];
  for (const { kind, path } of outcomes) {
    if (kind !== 'applied') continue;
    // The hunks that were not approved go on waiting.
    const isWhole = review.get(path)?.decision !== 'pending';
    applied.push(isWhole ? { path } : { path, hunksLeft: (await readHunks(review, path)).length });
  }
  return applied;
}
