import type { ApplyItem } from '../apply/scan.js';
import { changeKey, type FileState, stateKey } from '../changes.js';
import { keepRest } from './keep-rest.js';
import { readMark, withMark, withoutHunks } from './marks.js';
import { mergeOrConflict, UNRESOLVED } from './merge-items.js';
import { gone, refuse, whyNot } from './refusals.js';
import type { ApplyOutcome } from './review-api.js';
import { type ReviewContext, reportDecision } from './review-context.js';
import type { ReviewItem } from './review-file.js';
import { withHunk } from './revise-item.js';

/** What is to be written of a change: all of it, or some of its hunks. */
export interface Approved {
  readonly item: ReviewItem;
  readonly expected: FileState;
  readonly part?: { readonly hunks: readonly string[]; readonly state: FileState };
}

/** What was shown is what is meant, and the real file is as it was; else the reason why nothing is done. */
export async function findObstacle(
  context: ReviewContext,
  path: string,
  key: string,
  overwrites: boolean,
): Promise<ApplyOutcome | undefined> {
  const item = context.items.get(path);
  if (item === undefined) return gone(path);
  if (changeKey(item.change) !== key)
    return mergeOrConflict(context, item, 'the proposal is not the one that was shown', { merge: false });
  if (item.merge === 'marked') return refuse(item.change, UNRESOLVED);
  if (!item.hostEdited || overwrites || item.decision === 'applied') return undefined;
  return mergeOrConflict(context, item, item.conflict ?? 'the real file was edited during the session');
}

/** All that can be applied at once, or nothing of it. */
export async function approveItems(
  context: ReviewContext,
  chosen: readonly Approved[],
): Promise<readonly ApplyOutcome[]> {
  const { items, blobs, applier, sessionId } = context;
  const refused = chosen.filter(({ item }) => item.change.status === 'refused');
  const taken = chosen.filter(({ item }) => item.change.status !== 'refused');
  for (const { item } of taken) {
    await reportDecision(context, item.change, 'approved');
    items.decide(item, 'approved');
  }
  await items.save();
  const applied = await applier.apply(sessionId, taken.map(toApplyItem), (sha) => blobs.get(sha));
  const byPath = new Map(applied.map((outcome) => [outcome.path, outcome]));
  const outcomes: ApplyOutcome[] = [];
  for (const one of taken) outcomes.push(await settle(context, one, byPath.get(one.item.change.path)));
  await items.save();
  return [...outcomes, ...refused.map(({ item }) => refuse(item.change))];
}

function toApplyItem({ item: { change }, expected, part }: Approved): ApplyItem {
  const { path, emptied } = change;
  return {
    path,
    expected,
    after: part?.state ?? change.after,
    ...(emptied === undefined ? {} : { emptied }),
  };
}

async function settle(
  context: ReviewContext,
  { item, part }: Approved,
  outcome: ApplyOutcome = gone(item.change.path),
): Promise<ApplyOutcome> {
  const { items } = context;
  const { change } = item;
  if (outcome.kind === 'conflict') return mergeOrConflict(context, item, outcome.reason);
  if (outcome.kind !== 'applied') {
    items.decide(item, item.decision, item.conflict);
    if (outcome.kind !== 'merged') await reportDecision(context, change, outcome.kind, whyNot(outcome));
    return outcome;
  }
  const after = part?.state ?? change.after;
  items.written.set(change.path, after);
  const hunks = part?.hunks ?? [];
  const known = hunks.reduce((one, hunk) => withHunk(one, hunk, 'approved'), item);
  if (stateKey(after) === stateKey(change.after)) items.decide(withMark(known, { kind: 'none' }), 'applied');
  else {
    await keepRest(context, known, after);
    items.set(withMark(items.require(change.path), withoutHunks(readMark(item), hunks)));
  }
  await reportDecision(context, { ...change, after: { ...after } }, 'applied');
  return outcome;
}
