import { toVisibleLine } from '../../base/visible-text.js';
import type { ReviewedChange } from '../../workspace/review/review-api.js';
import type { ApplyDocument } from './apply.js';
import type { ApproveDocument } from './approve.js';
import { protectedReasons, stateOf } from './change-state.js';
import { plural } from './context.js';
import { shortId } from './hunk-ids.js';
import { type Leftover, renderLeft } from './left.js';
import type { RejectDocument } from './reject.js';
import { type Place, type SelectedChange, showPath } from './select-changes.js';

/** Why protected changes are, before anything is done with them. */
export function renderProtected(selected: readonly SelectedChange[], place: Place): string {
  return selected
    .flatMap(({ reviewed }) => {
      const path = showPath(reviewed.change.path, place);
      return protectedReasons(reviewed).map((reason) => `protected  ${path}: ${toVisibleLine(reason)}\n`);
    })
    .join('');
}

export function renderApproval(
  { marked, changes }: ApproveDocument,
  left: readonly Leftover[],
  all: readonly ReviewedChange[],
  place: Place,
): string {
  const waiting = all.filter((one) => ['approved', 'partly approved'].includes(stateOf(one))).length;
  const end =
    waiting === 0
      ? 'Nothing is approved now.'
      : `${plural(waiting, 'change')} approved, and not written yet: \`airlock apply\` writes.`;
  return `${renderDone(marked ? 'approved' : 'unmarked', changes, place)}${renderLeft(left, place)}${end}\n`;
}

export function renderRejection(
  { rejected }: RejectDocument,
  left: readonly Leftover[],
  place: Place,
): string {
  const end = rejected.length === 0 ? 'Nothing was rejected.\n' : '';
  return `${renderDone('rejected', rejected, place)}${renderLeft(left, place)}${end}`;
}

export function renderApply({ applied }: ApplyDocument, left: readonly Leftover[], place: Place): string {
  const lines = applied.map(({ path, hunksLeft }) => {
    const rest = hunksLeft === undefined ? '' : `, in part: ${plural(hunksLeft, 'hunk')} of it still wait`;
    return `written    ${showPath(path, place)}${rest}\n`;
  });
  const undo = applied.length === 0 ? 'Nothing was written.' : '`airlock undo` takes it back.';
  return `${lines.join('')}${renderLeft(left, place)}${undo}\n`;
}

function renderDone(
  word: string,
  changes: readonly { readonly path: string; readonly hunks?: readonly string[] }[],
  place: Place,
): string {
  return changes
    .map(({ path, hunks = [] }) => {
      const ids = hunks.map((key) => shortId({ key })).join(', ');
      return `${word.padEnd(9)}  ${showPath(path, place)}${ids === '' ? '' : `, hunk ${ids}`}\n`;
    })
    .join('');
}
