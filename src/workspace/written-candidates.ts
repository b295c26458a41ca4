import type { WorkspacePath } from '../base/workspace-path.js';
import { type CandidateContext, type Candidates, collectStated } from './candidates.js';
import type { FileState } from './changes.js';

/**
 * Adds what was approved and written to the real workspace while the sandbox lived on, whenever the sandbox holds
 * something else now. Neither strategy can tell by itself: a copy knows no later state than its baseline (an edit
 * taken back to it is no difference), and an overlay's lower layer got the file behind its back (a file that the
 * agent made, and deletes again, leaves no whiteout in a directory that was the agent's own).
 */
export async function addWrittenCandidates(
  context: CandidateContext,
  found: Candidates,
  written: ReadonlyMap<WorkspacePath, FileState>,
): Promise<void> {
  if (written.size === 0) return;
  const stated = collectStated(context);
  const unseen: WorkspacePath[] = [];
  for (const [path, state] of written) {
    if (found.has(path)) continue;
    const proposal = stated.get(path);
    if (proposal !== undefined) found.set(path, proposal);
    else if (state.kind !== 'absent') unseen.push(path);
  }
  if (unseen.length === 0) return;
  for (const path of await context.absent(unseen)) found.set(path, { kind: 'absent' });
}
