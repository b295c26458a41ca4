import type * as z from 'zod';
import { toVisibleLine } from '../../base/visible-text.js';
import type { DescribePart } from '../../workspace/hunks/unified-diff.js';
import type { Review, ReviewedChange } from '../../workspace/review/review-api.js';
import { exitStatus } from '../exit-status.js';
import { type ChangeState, stateOf } from './change-state.js';
import { printJson, type ReviewContext, type ReviewIo, withReview } from './context.js';
import { describeSession, diffDocument } from './documents.js';
import { renderPatch } from './git-patch.js';
import { isHunkMarked, readHunks, shortId } from './hunk-ids.js';
import type { OptionsOf } from './options.js';
import { paintPatch } from './paint-patch.js';
import { readSides } from './read-sides.js';
import { type Place, type SelectedChange, selectChanges, showPath } from './select-changes.js';

type DiffDocument = z.infer<typeof diffDocument>;
type FileDiff =
  | { readonly kind: 'patch'; readonly file: DiffDocument['files'][number] }
  | { readonly kind: 'unreadable'; readonly file: DiffDocument['unreadable'][number] };

/** `airlock diff` */
export function showDiff(context: ReviewContext, options: OptionsOf<'diff'>): Promise<number> {
  const { io } = context;
  return withReview(context, options, 'read', async (review, place) => {
    const selected = await selectChanges(review.list(), options.paths, place);
    warnOfHidden(io, selected, place);
    const document: DiffDocument = {
      version: 1,
      session: describeSession(review),
      files: [],
      unreadable: [],
    };
    for (const { reviewed } of putDeletionsFirst(selected.filter(isShown))) {
      const diff = await makeDiff(review, reviewed, options);
      const path = showPath(reviewed.change.path, place);
      if (diff.kind === 'unreadable') {
        io.warn(`${path} cannot be shown: ${toVisibleLine(diff.file.reason)}`);
        document.unreadable.push(diff.file);
        continue;
      }
      if (diff.file.note !== undefined) io.warn(`${path}: ${diff.file.note}`);
      if (options.json) document.files.push(diff.file);
      else await writePatch(io, diff.file.patch);
    }
    if (options.json) await printJson(io, diffDocument, document);
    return document.unreadable.length > 0 ? exitStatus.undone : exitStatus.done;
  });
}

const HIDDEN: readonly ChangeState[] = ['applied', 'rejected', 'refused'];

function isShown({ reviewed }: SelectedChange): boolean {
  return !HIDDEN.includes(stateOf(reviewed));
}

/** What is refused is always told of; what is decided only when it was asked for. */
function warnOfHidden(io: ReviewIo, selected: readonly SelectedChange[], place: Place): void {
  for (const { reviewed, isNamed } of selected) {
    const state = stateOf(reviewed);
    if (state === 'refused' || (isNamed && HIDDEN.includes(state)))
      io.warn(`${showPath(reviewed.change.path, place)} is ${state}, and not shown`);
  }
}

/** As patch needs it where a folder becomes a file. */
function putDeletionsFirst(selected: readonly SelectedChange[]): readonly SelectedChange[] {
  const isDeletion = ({ reviewed }: SelectedChange) => reviewed.change.after.kind === 'absent';
  return [...selected.filter(isDeletion), ...selected.filter((one) => !isDeletion(one))];
}

async function makeDiff(
  review: Review,
  reviewed: ReviewedChange,
  { binary, hunks }: OptionsOf<'diff'>,
): Promise<FileDiff> {
  const { path } = reviewed.change;
  const sides = await readSides(review, reviewed);
  if (sides.kind === 'unreadable') return { kind: 'unreadable', file: { path, reason: sides.reason } };
  const { before, after, note } = sides;
  // Hunks are those of what the change was made from.
  const describePart = hunks && note === undefined ? await nameHunks(review, reviewed) : undefined;
  const patch = renderPatch(path, before, after, { binary, describePart });
  return { kind: 'patch', file: { path, patch, ...(note === undefined ? {} : { note }) } };
}

async function nameHunks(review: Review, reviewed: ReviewedChange): Promise<DescribePart> {
  const names = (await readHunks(review, reviewed.change.path)).map((hunk) => {
    const marks = [
      isHunkMarked(reviewed, hunk) ? ' approved' : '',
      reviewed.fresh.has(hunk.key) ? ' new' : '',
    ];
    return `${shortId(hunk)}${marks.join('')}`;
  });
  return (from, to) => names.slice(from, to).join(', ');
}

function writePatch(io: ReviewIo, patch: string): Promise<void> {
  return io.write(io.terminal === undefined ? patch : paintPatch(patch, io.terminal.hasColours));
}
