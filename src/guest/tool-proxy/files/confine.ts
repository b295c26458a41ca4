import { realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { checkWorkspacePath } from '../../../base/workspace-path.js';
import { codeOf, PathRefusedError } from './beneath.js';

/**
 * The canonical path, relative to `root`, of what `input` names once links are followed; '' is the root.
 * What does not exist yet is judged by its deepest ancestor that does. Throws PathRefusedError outside.
 */
export function confine(root: string, input: string): string {
  const check = checkWorkspacePath(input, root);
  if (!check.ok) throw new PathRefusedError('EOUTSIDE', check.reason);
  const realRoot = realpathSync(root);
  const real = resolveDeepest(join(realRoot, check.path));
  if (real === realRoot) return '';
  const path = relative(realRoot, real);
  if (path === '..' || path.startsWith('../')) {
    throw new PathRefusedError('EOUTSIDE', `${input}: a symbolic link leads out of the workspace`);
  }
  return path;
}

function resolveDeepest(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    // A dangling link also lands here; its own name is then opened without following and refused.
    if (codeOf(error) !== 'ENOENT') throw error;
    return join(resolveDeepest(dirname(path)), path.slice(path.lastIndexOf('/') + 1));
  }
}
