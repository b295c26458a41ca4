import { checkWorkspacePath, type WorkspacePath } from '../base/workspace-path.js';

/** A path as a program would open it from `cwd`, in the workspace's terms; undefined when it leaves it. */
export function resolvePath(path: string, cwd: WorkspacePath): WorkspacePath | undefined {
  const check = checkWorkspacePath(path.startsWith('/') ? path : `/workspace/${cwd}/${path}`);
  return check.ok ? check.path : undefined;
}
