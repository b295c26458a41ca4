import type { WorkspacePath } from '../base/workspace-path.js';
import { findGitPart } from './git-names.js';

/**
 * Why a link may not be made, or `undefined`. Only `../…/name/…` forms pass: a `..` after a name could climb out
 * through another link, so that what is written would not say where it leads.
 */
export function findLinkProblem(path: WorkspacePath, target: string): string | undefined {
  if (target === '' || target.includes('\0')) return 'the link has no usable target';
  if (target.startsWith('/') || /^[A-Za-z]:|\\/.test(target))
    return 'the link does not lead to a relative path';
  const above = path.split('/').slice(0, -1);
  const below: string[] = [];
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') below.push(part);
    else if (below.length > 0) return 'the link climbs up after a name';
    else if (above.pop() === undefined) return 'the link leads out of the workspace';
  }
  if (findGitPart([...above, ...below].join('/')) !== undefined) return 'the link leads into .git';
  return undefined;
}
