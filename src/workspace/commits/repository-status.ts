import { errors } from '../../base/errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import { type GitPlace, runGit } from './run-git.js';

/** What git says of a repository; all paths are from its root. */
export interface RepositoryStatus {
  /** Where the index differs from HEAD. */
  readonly staged: ReadonlySet<string>;
  /** Where the files differ from the index; new ones too, but for the ignored. */
  readonly changed: ReadonlySet<string>;
  /** Where a merge is not resolved; these are in both others too. */
  readonly unmerged: ReadonlySet<string>;
}

const STATUS = 'status --porcelain=v1 -z --untracked-files=all --no-renames --ignore-submodules=dirty';
const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

/** As it is now, whatever the editor has seen last. `place.cwd` is the root. Throws `commitFailed`. */
export async function readStatus(place: GitPlace): Promise<RepositoryStatus> {
  const end = await runGit(place, STATUS.split(' '), { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
  if (end.kind === 'ended' && end.code === 0) return parseStatus(end.stdout);
  const reason = end.kind === 'ended' ? end.stderr.trim() : end.reason;
  throw errors.commitFailed(`git cannot tell what is changed (${toVisibleLine(reason, 300)})`);
}

/** Entries of git-status(1) in its format v1 with `-z` and without renames: two letters, a space, the path. */
export function parseStatus(text: string): RepositoryStatus {
  const staged = new Set<string>();
  const changed = new Set<string>();
  const unmerged = new Set<string>();
  for (const entry of text.split('\0')) {
    const [index = ' ', file = ' '] = entry;
    const path = entry.slice(3);
    if (path === '') continue;
    if (index !== ' ' && index !== '?') staged.add(path);
    if (file !== ' ') changed.add(path);
    if (index === 'U' || file === 'U' || ['AA', 'DD'].includes(index + file)) unmerged.add(path);
  }
  return { staged, changed, unmerged };
}
