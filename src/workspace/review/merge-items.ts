import { countLines } from '../count-lines.js';
import { mergeLive } from '../hunks/merge-live.js';
import { decodeText } from '../hunks/split-lines.js';
import { type LiveEntry, LiveWorkspace, toFileState } from '../live-workspace.js';
import { withMark } from './marks.js';
import { storeText } from './proposal-texts.js';
import type { ApplyOutcome, Obstacle } from './review-api.js';
import { readSide, stateOf } from './review-bytes.js';
import { type ReviewContext, reportDecision } from './review-context.js';
import type { ReviewItem } from './review-file.js';

export const UNRESOLVED = 'its conflicts with your edits are not resolved yet';

interface LiveMerge {
  readonly kind: 'clean' | 'marked';
  readonly item: ReviewItem;
}

/**
 * The real file is not what the change was made from. When the user's edits and the agent's can be put together, that
 * is the proposal now, and waits; else it is a conflict, and nothing is decided.
 */
export async function mergeOrConflict(
  context: ReviewContext,
  item: ReviewItem,
  reason: string,
  options: { readonly merge?: boolean } = {},
): Promise<ApplyOutcome> {
  const { items, workspace } = context;
  const { path } = item.change;
  const merge = options.merge === false ? undefined : await mergeWithLive(context, item);
  if (merge?.kind === 'clean') {
    items.set(merge.item);
    await reportDecision(context, merge.item.change, 'edited', 'merged with the edits of the real file');
    await items.save();
    return { kind: 'merged', path };
  }
  const entry = await new LiveWorkspace(workspace).read(path);
  const live = toFileState(entry) ?? { kind: 'absent' };
  if (options.merge !== false && item.decision !== 'applied') {
    const isNews = item.decision !== 'conflict' || item.conflict !== reason;
    items.decide(item, 'conflict', reason);
    if (isNews) await reportDecision(context, item.change, 'conflict', reason);
    await items.save();
  }
  const obstacle = findObstacleIn(entry);
  return {
    kind: 'conflict',
    path,
    reason,
    live,
    ...(merge === undefined ? {} : { mergeable: true }),
    ...(obstacle === undefined ? {} : { obstacle }),
  };
}

function findObstacleIn(entry: LiveEntry): Obstacle | undefined {
  if (entry.kind === 'blocked') return entry.by;
  if (entry.kind === 'directory') return 'folder';
  return entry.kind === 'special' ? 'special' : undefined;
}

/** The item with the agent's proposal and the live file in it; undefined unless these are two texts. */
export async function mergeWithLive(
  context: ReviewContext,
  item: ReviewItem,
): Promise<LiveMerge | undefined> {
  const { blobs, workspace } = context;
  const { change } = item;
  if (change.after.kind !== 'file' || change.status === 'refused' || item.merge === 'marked')
    return undefined;
  const live = await new LiveWorkspace(workspace).read(change.path);
  const before = toFileState(live);
  if (live.kind !== 'file' || live.bytes === undefined || before === undefined) return undefined;
  const ours = decodeText(live.bytes);
  const theirs = decodeText(await readSide(context, item, 'after'));
  if (ours === undefined || theirs === undefined) return undefined;
  const merged = mergeLive({ base: await readBase(context, item), ours, theirs });
  if (merged === undefined) return undefined;
  await blobs.put(live.bytes);
  const after = await storeText(blobs, merged.text, change.after);
  const { conflict: _, ...rest } = item;
  const revised: ReviewItem = {
    ...rest,
    change: {
      ...change,
      status: 'modified',
      before: { ...before },
      after,
      ...countLines(live.bytes, Buffer.from(merged.text)),
    },
    decision: 'pending',
    hostEdited: false,
    edited: item.edited ?? change.after,
    base: await storeText(blobs, merged.base, change.after),
    merge: merged.kind,
  };
  const isMarked = merged.kind === 'marked';
  const stated = isMarked ? { ...revised, decision: 'conflict' as const, conflict: UNRESOLVED } : revised;
  return { kind: merged.kind, item: withMark(stated, { kind: 'none' }) };
}

/** Undefined when nobody knows what the agent started from, or it was no text. */
async function readBase(context: ReviewContext, item: ReviewItem): Promise<string | undefined> {
  if (item.base === undefined && item.hostEdited) return undefined;
  const state = stateOf(item, 'base');
  return state.kind === 'file' ? decodeText(await readSide(context, item, 'base')) : undefined;
}
