import type { WorkspacePath } from '../../base/workspace-path.js';
import type { Applied } from '../apply/undo.js';
import { stateKey } from '../changes.js';
import { mapConcurrent } from '../concurrent.js';
import { LiveWorkspace, toFileState } from '../live-workspace.js';
import type { Review } from '../review/review-api.js';

/** A file of the real workspace that was written with the user's approval. */
export interface ApprovedFile {
  readonly path: WorkspacePath;
  readonly kind: 'added' | 'changed' | 'removed';
  /** Nobody has edited it since. */
  readonly isAsWritten: boolean;
}

const WIDTH = 8;

/** What a session wrote and was not taken back since, in path order. `applied` are the applies of its workspace. */
export async function listApproved(
  review: Pick<Review, 'sessionId' | 'workspace' | 'written' | 'get'>,
  applied: readonly Applied[],
): Promise<readonly ApprovedFile[]> {
  const own = applied.filter(({ sessionId }) => sessionId === review.sessionId);
  // Also a file of which only parts were approved.
  const inJournal = new Set(own.flatMap(({ paths }) => paths));
  const live = new LiveWorkspace(review.workspace);
  const written = [...review.written].filter(
    ([path]) => inJournal.has(path) || review.get(path)?.decision === 'applied',
  );
  const files = await mapConcurrent(written, WIDTH, async ([path, state]): Promise<ApprovedFile> => {
    const now = toFileState(await live.read(path));
    const wasAbsent = review.get(path)?.change.before.kind === 'absent';
    const kind = state.kind === 'absent' ? 'removed' : wasAbsent ? 'added' : 'changed';
    return { path, kind, isAsWritten: now !== undefined && stateKey(now) === stateKey(state) };
  });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
