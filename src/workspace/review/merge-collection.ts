import type { WorkspacePath } from '../../base/workspace-path.js';
import { type Change, changeKey, stateKey } from '../changes.js';
import type { CarriedEdit } from './carry-edits.js';
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
    const isEdited = hostEdited.has(path) && !hasMerged(known, change);
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
  if (known !== undefined && isSettled(known, change)) return known;
  if (known !== undefined && known.decision !== 'applied' && isSameProposal(known, change)) {
    const same = withEmptied(known, change.emptied);
    return hostEdited && !known.hostEdited && known.decision !== 'rejected'
      ? { ...same, ...conflicting(known) }
      : same;
  }
  const item: ReviewItem = { change: toItemChange(change), decision: 'pending', hostEdited: false };
  return hostEdited ? { ...item, ...conflicting(known) } : item;
}

/** Waits again, with what the user made of the agent's former proposal in it, unless that leaves nothing of it. */
function mergeCarried(known: ReviewItem | undefined, edit: CarriedEdit, hostEdited: boolean): ReviewItem {
  const { change, edited, superseded } = edit;
  const item: ReviewItem = {
    change: toItemChange(change),
    decision: stateKey(change.before) === stateKey(change.after) ? 'rejected' : 'pending',
    hostEdited: false,
    edited: { ...edited },
    ...(known?.hunks === undefined ? {} : { hunks: known.hunks }),
    ...(known?.merge === undefined ? {} : { merge: known.merge }),
    ...(known?.base === undefined ? {} : { base: known.base }),
    ...(superseded === undefined ? {} : { superseded: { ...superseded } }),
  };
  return hostEdited && item.decision !== 'rejected' ? { ...item, ...conflicting(known) } : item;
}

/**
 * Written as the user wanted it: without what they rejected of it, or with edits of theirs. The sandbox still has the
 * agent's text, and that is no proposal to take the user's back.
 */
function isSettled({ decision, edited }: ReviewItem, { after }: Change): boolean {
  return decision === 'applied' && edited !== undefined && stateKey(edited) === stateKey(after);
}

function isSameProposal(known: ReviewItem, change: Change): boolean {
  // What was rejected stays so whatever the user makes of the real file.
  if (known.decision === 'rejected')
    return stateKey(known.edited ?? known.change.after) === stateKey(change.after);
  if (known.edited === undefined) return changeKey(known.change) === changeKey(change);
  return stateKey(known.edited) === stateKey(change.after);
}

/** Which folder a deletion takes along depends on what else is in the sandbox, and is no part of what was decided. */
function withEmptied(item: ReviewItem, emptied: WorkspacePath | undefined): ReviewItem {
  const { emptied: _, ...change } = item.change;
  return { ...item, change: emptied === undefined ? change : { ...change, emptied } };
}

/** The user's edits of the real file, as it is now, are in the proposal already. */
function hasMerged(known: ReviewItem | undefined, change: Change): boolean {
  return known?.merge !== undefined && stateKey(known.change.before) === stateKey(change.before);
}

function conflicting(known: ReviewItem | undefined) {
  const base = known === undefined || known.decision === 'applied' ? undefined : baseOf(known);
  return {
    decision: 'conflict' as const,
    conflict: HOST_EDITED,
    hostEdited: true,
    ...(base === undefined ? {} : { base }),
  };
}

/** What the agent started from; not known of a file that the user had edited before it was first seen changed. */
function baseOf({ base, hostEdited, change }: ReviewItem): ReviewItem['base'] {
  return base ?? (hostEdited ? undefined : change.before);
}

/** The stored form: the same fields, not read-only. */
export function toItemChange(change: Change): ReviewItem['change'] {
  return { ...change, before: { ...change.before }, after: { ...change.after } };
}
