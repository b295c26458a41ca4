import { CROWD, findCrowdedDir, readCrowd } from '../../base/crowded-dirs.js';
import type { WorkspacePath } from '../../base/workspace-path.js';
import type { LiveWorkspace } from '../live-workspace.js';
import type { Candidates } from './candidates.js';
import type { EntryIndex } from './sandbox-entries.js';

/** One refusal for each folder that tools filled with more than a person reviews, in place of what is in it. */
export async function foldCrowds(
  candidates: Candidates,
  index: EntryIndex,
  live: LiveWorkspace,
): Promise<Candidates> {
  const counts = new Map<WorkspacePath, number>();
  for (const path of candidates.keys()) {
    const dir = findCrowdedDir(path);
    if (dir !== undefined) counts.set(dir, (counts.get(dir) ?? 0) + 1);
  }
  const folded = new Map<WorkspacePath, number>();
  for (const [dir, count] of counts) {
    if (count > CROWD && (await live.inspect(dir)).kind === 'absent') folded.set(dir, count);
  }
  for (const entry of index.byPath.values()) {
    const count = entry.type === 'special' ? readCrowd(entry.what) : undefined;
    if (count !== undefined) folded.set(entry.path, count);
  }
  if (folded.size === 0) return candidates;
  const kept: Candidates = new Map();
  for (const [path, proposal] of candidates) {
    const dir = findCrowdedDir(path);
    // Of what the sandbox does not list, nothing is known to be gone either.
    if (dir === undefined || !folded.has(dir)) kept.set(path, proposal);
  }
  for (const [dir, count] of folded) kept.set(dir, { kind: 'refused', reason: describe(count) });
  return kept;
}

function describe(count: number): string {
  return `it holds ${count.toLocaleString('en-US')} changed files, too many to review; install them in your workspace yourself`;
}
