import type { WorkspacePath } from '../base/workspace-path.js';
import type { CarriedEdit } from './carry-edits.js';
import { type Change, changeKey, stateKey } from './changes.js';
import type { ReviewItem } from './review-file.js';

const HOST_EDITED = 'you edited the real file during the session';

/** A new collection over the decisions so far: a decision holds for exactly what it was made on. */
export function mergeCollection(
  old: ReadonlyMap<WorkspacePath, ReviewItem>,
  changes: readonly Change[],
  hostEdited: ReadonlySet<WorkspacePath>,
  carried: ReadonlyMap<WorkspacePath, CarriedEdit> = new Map(),
): Map<WorkspacePath, ReviewItem> {
  const merged = new Map<WorkspacePath, ReviewItem>();
  for (const change of changes) {
    const { path } = change;
    const edit = carried.get(path);
    const known = old.get(path);
    const isEdited = hostEdited.has(path);
    merged.set(
      path,
      edit === undefined ? mergeOne(known, change, isEdited) : mergeCarried(known, edit, isEdited),
    );
  }
  // A proposal that the user wrote outlives the sandbox's own.
  for (const [path, item] of old) {
    if (!merged.has(path) && item.edited !== undefined && item.decision !== 'applied') merged.set(path, item);
  }
  return new Map([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mergeOne(known: ReviewItem | undefined, change: Change, hostEdited: boolean): ReviewItem {
  if (known !== undefined && known.decision !== 'applied' && isSameProposal(known, change)) {
    const same = withEmptied(known, change.emptied);
    return hostEdited && !known.hostEdited && known.decision !== 'rejected'
      ? { ...same, ...conflicting() }
      : same;
  }
  const item: ReviewItem = { change: toItemChange(change), decision: 'pending', hostEdited: false };
  return hostEdited ? { ...item, ...conflicting() } : item;
}

/** Pending again, with what the user made of the agent's former proposal in it. */
function mergeCarried(known: ReviewItem | undefined, edit: CarriedEdit, hostEdited: boolean): ReviewItem {
  const { change, edited, superseded } = edit;
  const item: ReviewItem = {
    change: toItemChange(change),
    decision: 'pending',
    hostEdited: false,
    edited: { ...edited },
    ...(known?.hunks === undefined ? {} : { hunks: known.hunks }),
    ...(superseded === undefined ? {} : { superseded: { ...superseded } }),
  };
  return hostEdited ? { ...item, ...conflicting() } : item;
}

function isSameProposal(known: ReviewItem, change: Change): boolean {
  if (known.edited === undefined) return changeKey(known.change) === changeKey(change);
  return stateKey(known.edited) === stateKey(change.after);
}

/** Which folder a deletion takes along depends on what else is in the sandbox, and is no part of what was decided. */
function withEmptied(item: ReviewItem, emptied: WorkspacePath | undefined): ReviewItem {
  const { emptied: _, ...change } = item.change;
  return { ...item, change: emptied === undefined ? change : { ...change, emptied } };
}

function conflicting() {
  return { decision: 'conflict' as const, conflict: HOST_EDITED, hostEdited: true };
}

/** The stored form: the same fields, not read-only. */
export function toItemChange(change: Change): ReviewItem['change'] {
  return { ...change, before: { ...change.before }, after: { ...change.after } };
}
