import { errors } from '../../base/errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import { isCanonicalPath, type WorkspacePath } from '../../base/workspace-path.js';
import { findGitPart } from '../git-names.js';

/** One path as the sandbox reports it: of the upper layer (`overlay`) or of the tree (`copy`). */
export type SandboxEntry =
  | {
      readonly type: 'file';
      readonly path: string;
      readonly size: number;
      readonly mode: number;
      readonly sha256: string;
    }
  | { readonly type: 'symlink'; readonly path: string; readonly target: string }
  | {
      readonly type: 'directory';
      readonly path: string;
      readonly mode: number;
      /** Nothing at all is in it. */
      readonly empty: boolean;
    }
  | { readonly type: 'whiteout'; readonly path: string }
  | { readonly type: 'special'; readonly path: string; readonly what: string };

/** The entries that can be changes, by path. */
export interface EntryIndex {
  readonly byPath: ReadonlyMap<WorkspacePath, SandboxEntry>;
  /** Every directory that was reported or that holds a reported path. */
  readonly directories: ReadonlySet<WorkspacePath>;
  /** `.git` of any spelling other than the root's own, with how many entries are in it. */
  readonly gitParts: ReadonlyMap<WorkspacePath, number>;
}

/** Sorts hostile entries; throws `guest-failed` on a path that no honest collector sends. */
export function indexEntries(entries: readonly SandboxEntry[]): EntryIndex {
  const byPath = new Map<WorkspacePath, SandboxEntry>();
  const directories = new Set<WorkspacePath>();
  const gitParts = new Map<WorkspacePath, number>();
  for (const entry of entries) {
    const { path } = entry;
    if (!isCanonicalPath(path)) throw errors.guestFailed(`it reported the path "${toVisibleLine(path)}"`);
    const gitPart = findGitPart(path);
    if (gitPart === '.git') continue;
    addAncestors(gitPart ?? path, directories);
    if (gitPart !== undefined) {
      gitParts.set(gitPart, (gitParts.get(gitPart) ?? 0) + 1);
      continue;
    }
    // As a directory that cannot be listed is: once for itself, once for what is in it. Doubt is refused.
    const twice = byPath.get(path);
    byPath.set(path, twice === undefined || entry.type === 'special' ? entry : refuseTwice(twice));
    if (entry.type === 'directory') directories.add(path);
  }
  return { byPath, directories, gitParts };
}

function refuseTwice(entry: SandboxEntry): SandboxEntry {
  return entry.type === 'special'
    ? entry
    : { type: 'special', path: entry.path, what: 'path that was reported twice' };
}

function addAncestors(path: WorkspacePath, directories: Set<WorkspacePath>): void {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const ancestor = path.slice(0, end);
    if (directories.has(ancestor)) return;
    directories.add(ancestor);
  }
}
