import { isCanonicalPath } from '../../base/workspace-path.js';
import { findGitPart } from '../git-names.js';
import { findLinkProblem } from '../link-target.js';
import { listRefusedNames } from '../refused-names.js';
import type { ApplyItem, Scan } from './scan.js';

/** Why nothing is ever written there; undefined for an ordinary path. What the user had may lead anywhere (`isOwn`). */
export function findRefusal(
  { path, expected, after }: ApplyItem,
  { dirs }: Pick<Scan, 'dirs'>,
  isOwn: boolean,
): string | undefined {
  if (!isCanonicalPath(path)) return 'its path is not one of a file in the workspace';
  if (process.platform === 'win32' && /[\\:*?"<>|]/.test(path)) return 'Windows cannot have such a name';
  if (findGitPart(path) !== undefined) return "git's own data is never written";
  if (isOwn || after.kind === 'absent') return undefined;
  const problem = after.kind === 'symlink' ? findLinkProblem(path, after.target) : undefined;
  if (problem !== undefined || expected.kind !== 'absent') return problem;
  return listRefusedNames(path).find(({ at }) => dirs.get(at) !== 'directory')?.reason;
}
