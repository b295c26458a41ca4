import { listAncestors, type WorkspacePath } from '../../base/workspace-path.js';
import { type FileState, isFile } from '../changes.js';
import { addDeletionsBelow, type CandidateContext, collectStated, type Found } from './candidates.js';

/**
 * Adds what was approved and written to the real workspace while the sandbox lived on, whenever the sandbox holds
 * something else now. Neither strategy can tell by itself: a copy knows no later state than its baseline (an edit
 * taken back to it is no difference), and an overlay's lower layer got the file behind its back (a file that the
 * agent made, and deletes again, leaves no whiteout in a directory that was the agent's own). The folders above are
 * looked for too: an approval made them when they were not there.
 */
export async function addWrittenCandidates(
  context: CandidateContext,
  found: Found,
  written: ReadonlyMap<WorkspacePath, FileState>,
): Promise<void> {
  if (written.size === 0) return;
  const { candidates, gone } = found;
  const { byPath, directories } = context.index;
  const stated = collectStated(context);
  const unseen: WorkspacePath[] = [];
  for (const [path, state] of written) {
    if (candidates.has(path)) continue;
    const proposal = stated.get(path);
    if (proposal !== undefined) candidates.set(path, proposal);
    else if (isFile(state) && directories.has(path)) candidates.set(path, { kind: 'absent' });
    else if (state.kind !== 'absent') unseen.push(path);
  }
  const above = new Set([...written.keys()].flatMap(listAncestors));
  for (const dir of above) {
    if (directories.has(dir)) continue;
    if (byPath.has(dir)) gone.add(dir);
    else unseen.push(dir);
  }
  const absent = new Set(unseen.length === 0 ? [] : await context.absent([...new Set(unseen)]));
  for (const path of absent) {
    if (!candidates.has(path)) candidates.set(path, { kind: 'absent' });
    if (above.has(path)) gone.add(path);
    const isTop = above.has(path) && !listAncestors(path).some((dir) => absent.has(dir));
    if (isTop && context.baseline === undefined) await addOthersIn(context, found, path);
  }
}

/** The lower layer of an overlay may have more in a folder than what was written; a copy tells of that by itself. */
async function addOthersIn(context: CandidateContext, found: Found, dir: WorkspacePath): Promise<void> {
  if ((await context.live.inspect(dir)).kind === 'directory') await addDeletionsBelow(context, found, dir);
}
