import type { Hunk } from '../../workspace/hunks/hunks.js';
import type { Review, ReviewedChange } from '../../workspace/review/review-api.js';
import { exitStatus } from '../exit-status.js';
import { stateOf } from './change-state.js';
import { printJson, type ReviewContext, withReview } from './context.js';
import {
  type ChangeEntry,
  type ChangesDocument,
  changesDocument,
  describeSession,
  type HunkEntry,
} from './documents.js';
import { isHunkMarked, readHunks } from './hunk-ids.js';
import type { OptionsOf } from './options.js';
import { renderChanges } from './render-changes.js';
import { selectChanges } from './select-changes.js';

/** `airlock changes` */
export function listChanges(context: ReviewContext, options: OptionsOf<'changes'>): Promise<number> {
  return withReview(context, options, 'read', async (review, place) => {
    const changes: ChangeEntry[] = [];
    for (const { reviewed } of await selectChanges(review.list(), options.paths, place))
      changes.push(await describe(review, reviewed, options.hunks));
    const document: ChangesDocument = { version: 1, session: describeSession(review), changes };
    if (options.json) await printJson(context.io, changesDocument, document);
    else await context.io.write(renderChanges(document, place));
    return exitStatus.done;
  });
}

async function describe(review: Review, reviewed: ReviewedChange, withHunks: boolean): Promise<ChangeEntry> {
  const { change, conflict, merge, risks } = reviewed;
  const { path, status, before, after, binary, added, removed, renamedFrom } = change;
  const reason = conflict ?? change.reason;
  const hunks = withHunks ? await readHunks(review, path) : undefined;
  return {
    path,
    status,
    state: stateOf(reviewed),
    before,
    after,
    binary,
    added,
    removed,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    ...(reason === undefined ? {} : { reason }),
    protected: risks.map(({ rule, reason: why }) => ({ rule, reason: why })),
    ...(merge === undefined ? {} : { merge }),
    edited: reviewed.isEdited,
    changedSince: reviewed.changedSince ?? false,
    ...(hunks === undefined ? {} : { hunks: hunks.map((hunk) => describeHunk(hunk, reviewed)) }),
  };
}

function describeHunk(hunk: Hunk, reviewed: ReviewedChange): HunkEntry {
  return {
    id: hunk.key,
    before: range(hunk.oldStart, hunk.oldLines.length),
    after: range(hunk.newStart, hunk.newLines.length),
    approved: isHunkMarked(reviewed, hunk),
    fresh: reviewed.fresh.has(hunk.key),
  };
}

function range(start: number, lines: number): HunkEntry['before'] {
  return { start: lines === 0 ? start : start + 1, lines };
}
