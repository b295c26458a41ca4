import { describeError } from '../../base/errors.js';
import { describeConflict } from '../../workspace/apply/describe-conflict.js';
import { BlobError } from '../../workspace/blob-store.js';
import { isFolder } from '../../workspace/changes.js';
import { LiveWorkspace } from '../../workspace/live-workspace.js';
import type { Review, ReviewedChange } from '../../workspace/review/review-api.js';
import type { PatchSide } from './patch-side.js';

export type ReadSides =
  | { readonly kind: 'read'; readonly before: PatchSide; readonly after: PatchSide; readonly note?: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * What approving a change would make of the workspace. A real file that was edited since is shown as it is now: that is
 * what an overwrite replaces.
 */
export async function readSides(review: Review, reviewed: ReviewedChange): Promise<ReadSides> {
  if (isFolder(reviewed.change))
    return { kind: 'unreadable', reason: 'a patch has no folders without files' };
  try {
    const after = await readStored(review, reviewed, 'after');
    const before = reviewed.decision === 'conflict' ? undefined : await readBefore(review, reviewed);
    if (before !== undefined) return { kind: 'read', before, after };
    const live = await readLive(review, reviewed);
    if ('reason' in live) return { kind: 'unreadable', reason: live.reason };
    return { kind: 'read', before: live, after, note: 'edited since; this is from the file as it is now' };
  } catch (error) {
    if (!(error instanceof BlobError)) throw error;
    return { kind: 'unreadable', reason: describeError(error) };
  }
}

/** Undefined when no copy of it was kept, and the real file is another one now. */
async function readBefore(review: Review, reviewed: ReviewedChange): Promise<PatchSide | undefined> {
  try {
    return await readStored(review, reviewed, 'before');
  } catch (error) {
    if (error instanceof BlobError) return undefined;
    throw error;
  }
}

async function readStored(
  review: Review,
  { change }: ReviewedChange,
  side: 'before' | 'after',
): Promise<PatchSide> {
  const state = change[side];
  // What was or becomes a folder is no file there.
  if (state.kind === 'directory') return { kind: 'absent' };
  if (state.kind !== 'file') return state;
  return { kind: 'file', mode: state.mode, bytes: await review.read(change.path, side) };
}

async function readLive(
  review: Review,
  { change }: ReviewedChange,
): Promise<PatchSide | { readonly reason: string }> {
  const live = await new LiveWorkspace(review.workspace).read(change.path);
  switch (live.kind) {
    case 'absent':
      return { kind: 'absent' };
    case 'symlink':
      return { kind: 'symlink', target: live.target };
    case 'file':
      if (live.bytes === undefined) return { reason: 'the real file is too large to be compared' };
      return { kind: 'file', mode: live.mode, bytes: live.bytes };
    case 'directory':
    case 'special':
    case 'blocked':
      return { reason: describeConflict(live, change.before) };
  }
}
