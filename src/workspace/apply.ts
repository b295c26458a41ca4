import { describeError, errors } from '../base/errors.js';
import { isCanonicalPath } from '../base/workspace-path.js';
import type { BlobStore } from './blob-store.js';
import { type Change, type FileState, stateKey } from './changes.js';
import { commitChange } from './commit-change.js';
import { describeConflict } from './describe-conflict.js';
import { findGitPart } from './git-names.js';
import { createDir, openParent } from './held-dir.js';
import { findLinkProblem } from './link-target.js';
import { type LiveEntry, LiveWorkspace, toFileState } from './live-workspace.js';
import type { ApplyOutcome } from './review-api.js';

export interface ApplyRequest {
  /** Absolute path of the real workspace, links resolved. */
  readonly root: string;
  readonly change: Change;
  readonly blobs: BlobStore;
  /** What must be there now: the change's `before`, or the conflicting state that the user chose to overwrite. */
  readonly expected: FileState;
}

/** Writes one approved change to the real workspace: completely, or not at all with the reason. Never throws. */
export async function applyChange(request: ApplyRequest): Promise<ApplyOutcome> {
  const { path } = request.change;
  const reason = findRefusal(request.change);
  if (reason !== undefined) return { kind: 'refused', path, reason };
  try {
    return await attempt(request);
  } catch (error) {
    return { kind: 'failed', path, error: errors.applyFailed(path, describeError(error), error) };
  }
}

function findRefusal(change: Change): string | undefined {
  if (change.status === 'refused') return change.reason ?? 'it can never be applied';
  if (!isCanonicalPath(change.path)) return 'its path is not one of a file in the workspace';
  if (process.platform === 'win32' && /[\\:*?"<>|]/.test(change.path))
    return 'Windows cannot have such a name';
  if (findGitPart(change.path) !== undefined) return "git's own data is never written";
  return change.after.kind === 'symlink' ? findLinkProblem(change.path, change.after.target) : undefined;
}

async function attempt({ root, change, blobs, expected }: ApplyRequest): Promise<ApplyOutcome> {
  const { path, after } = change;
  // First of all, so that nothing is touched for bytes that are not the approved ones.
  const bytes = after.kind === 'file' ? await blobs.get(after.sha256) : undefined;
  const workspace = new LiveWorkspace(root);
  const live = await clearEmptyDirs(workspace, change, expected, await workspace.read(path));
  const state = toFileState(live);
  if (state !== undefined && live.kind !== 'blocked' && stateKey(state) === stateKey(after))
    return { kind: 'applied', path };
  if (state === undefined || live.kind === 'blocked' || stateKey(state) !== stateKey(expected)) {
    return conflict(path, live, expected);
  }
  if (live.kind === 'file') {
    if (live.bytes === undefined)
      return { kind: 'refused', path, reason: 'the real file is too large to be kept a copy of' };
    await blobs.put(live.bytes, { durable: true });
  }
  const parent = await openParent(root, path, createDir);
  if (parent.kind !== 'open') return conflict(path, await workspace.read(path), expected);
  try {
    const met = await commitChange({ dir: parent.dir, name: parent.name, live, after, bytes });
    return met === undefined ? { kind: 'applied', path } : conflict(path, met, expected);
  } finally {
    await parent.dir.close();
  }
}

/** A folder without any file in it holds no byte: it may give way to the file that was approved for its name. */
async function clearEmptyDirs(
  workspace: LiveWorkspace,
  change: Change,
  expected: FileState,
  live: LiveEntry,
): Promise<LiveEntry> {
  if (live.kind !== 'directory' || expected.kind !== 'absent' || change.after.kind === 'absent') return live;
  const removed = await workspace.removeEmptyTree(change.path);
  return removed ? workspace.read(change.path) : live;
}

function conflict(path: string, live: LiveEntry, expected: FileState): ApplyOutcome {
  return {
    kind: 'conflict',
    path,
    reason: describeConflict(live, expected),
    live: toFileState(live) ?? { kind: 'absent' },
  };
}
