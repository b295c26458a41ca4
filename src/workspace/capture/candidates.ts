import { listAncestors, type WorkspacePath } from '../../base/workspace-path.js';
import type { LiveWorkspace } from '../live-workspace.js';
import type { Baseline } from '../view/baseline.js';
import type { EntryIndex } from './sandbox-entries.js';

/** What the sandbox proposes for a path, before it is compared with the real file. */
export type Proposal =
  | { readonly kind: 'file'; readonly sha256: string; readonly size: number; readonly mode: number }
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'directory' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly reason: string };

export type Candidates = Map<WorkspacePath, Proposal>;

export interface Found {
  readonly candidates: Candidates;
  /** Folders that the sandbox has no more; those below them need not be named. */
  readonly gone: Set<WorkspacePath>;
}

export interface CandidateContext {
  readonly index: EntryIndex;
  readonly live: LiveWorkspace;
  /** Which of the paths do not exist in the sandbox. */
  readonly absent: (paths: readonly WorkspacePath[]) => Promise<readonly WorkspacePath[]>;
  /** Start of the session by the file system's clock, ns. */
  readonly startNs: bigint;
  readonly baseline: Baseline | undefined;
  /** Paths whose content was hidden from the sandbox. */
  readonly masked: ReadonlySet<WorkspacePath>;
  readonly maxChanges: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * The proposals that the entries state themselves; deletions are found by strategy. Only an empty directory is a
 * proposal: any other comes with what is in it.
 */
export function collectStated({ index }: CandidateContext): Candidates {
  const found: Candidates = new Map();
  for (const [path, count] of index.gitParts) {
    found.set(path, { kind: 'refused', reason: `git's own data is never copied back (${count} entries)` });
  }
  for (const [path, entry] of index.byPath) {
    if (entry.type === 'file')
      found.set(path, { kind: 'file', sha256: entry.sha256, size: entry.size, mode: entry.mode & 0o777 });
    else if (entry.type === 'symlink') found.set(path, { kind: 'symlink', target: entry.target });
    else if (entry.type === 'directory' && entry.empty) found.set(path, { kind: 'directory' });
    else if (entry.type === 'special') found.set(path, { kind: 'refused', reason: `it is a ${entry.what}` });
  }
  return found;
}

/** Adds the deletion of every real file and empty folder below `dir` that the sandbox does not report. */
export async function addDeletionsBelow(
  context: CandidateContext,
  { candidates, gone }: Found,
  dir: WorkspacePath,
): Promise<void> {
  const { index, live, maxChanges, signal } = context;
  const below = await live.listBelow(dir, maxChanges, signal);
  if (below === undefined) {
    candidates.set(dir, {
      kind: 'refused',
      reason: `more than ${maxChanges} files in it were deleted, too many to review`,
    });
    return;
  }
  for (const path of below) {
    const isThere =
      index.directories.has(path) || (index.byPath.get(path)?.type ?? 'whiteout') !== 'whiteout';
    if (isThere) continue;
    if (!candidates.has(path)) candidates.set(path, { kind: 'absent' });
    const above = listAncestors(path).filter((at) => at === dir || at.startsWith(`${dir}/`));
    const top = above.find((at) => !index.directories.has(at));
    if (top !== undefined) gone.add(top);
  }
}
