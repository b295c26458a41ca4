import { isCanonicalPath, type WorkspacePath } from '../../base/workspace-path.js';
import type { FileState } from '../changes.js';
import { findGitPart } from '../git-names.js';
import { findLinkProblem } from '../link-target.js';

/** Why nothing is ever written there; undefined for an ordinary path. What the user had may lead anywhere (`isOwn`). */
export function findRefusal(path: WorkspacePath, after: FileState, isOwn: boolean): string | undefined {
  if (!isCanonicalPath(path)) return 'its path is not one of a file in the workspace';
  if (process.platform === 'win32' && /[\\:*?"<>|]/.test(path)) return 'Windows cannot have such a name';
  if (findGitPart(path) !== undefined) return "git's own data is never written";
  return after.kind === 'symlink' && !isOwn ? findLinkProblem(path, after.target) : undefined;
}
