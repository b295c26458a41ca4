import type { FileState } from '../changes.js';
import type { LineCounts } from '../count-lines.js';
import type { ReviewItem } from './review-file.js';

/** The user made another proposal of it, which waits for a decision. */
export function withProposal(item: ReviewItem, after: FileState, lines: LineCounts): ReviewItem {
  const { conflict, mark: _, ...rest } = item;
  const { change } = item;
  const status = change.before.kind === 'absent' ? 'added' : 'modified';
  const revised: ReviewItem = {
    ...rest,
    change: { ...change, status, after: { ...after }, ...lines },
    decision: item.hostEdited ? 'conflict' : 'pending',
    edited: item.edited ?? change.after,
  };
  return item.hostEdited && conflict !== undefined ? { ...revised, conflict } : revised;
}

/** The agent's own proposal again. What the user had put into it of their edits is a conflict again. */
export function withoutEdits(item: ReviewItem, after: FileState, lines: LineCounts): ReviewItem {
  const { edited: _, superseded: __, fresh: ___, mark: ____, merge, conflict: _____, ...rest } = item;
  const { change } = item;
  const status = change.before.kind === 'absent' ? 'added' : 'modified';
  const reset: ReviewItem = {
    ...rest,
    change: { ...change, status, after: { ...after }, ...lines },
    decision: 'pending',
  };
  if (merge === undefined && !item.hostEdited) return reset;
  return {
    ...reset,
    decision: 'conflict',
    conflict: 'the real file was changed meanwhile',
    hostEdited: true,
  };
}

/** The real file is another one by our own doing: a part of the proposal is in it, or was taken back. */
export function withBase(item: ReviewItem, before: FileState, lines: LineCounts): ReviewItem {
  const { change } = item;
  const status = before.kind === 'absent' ? 'added' : change.status === 'added' ? 'modified' : change.status;
  return { ...item, change: { ...change, status, before: { ...before }, ...lines } };
}

/** Remembers what was decided on one hunk. The oldest are forgotten when there are very many. */
export function withHunk(item: ReviewItem, key: string, decision: 'approved' | 'rejected'): ReviewItem {
  const others = (item.hunks ?? []).filter((hunk) => hunk.key !== key);
  return { ...item, hunks: [...others, { key, decision }].slice(-MAX_HUNKS) };
}

export const MAX_HUNKS = 10_000;
