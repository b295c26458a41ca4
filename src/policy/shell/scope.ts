import type { WorkspacePath } from '../../base/workspace-path.js';
import type { Value } from '../value.js';

/** What is known, at one place of a script, of its variables and its directory. */
export interface Scope {
  /** Every value that a variable is given anywhere in the script. */
  readonly candidates: ReadonlyMap<string, readonly Value[]>;
  /** Variables that surely have one of them here; others may still be empty. */
  readonly assigned: Set<string>;
  /** Names given to `export`. */
  readonly exported: Set<string>;
  cwd: WorkspacePath;
}

/** A copy whose later changes stay in it: a subshell, a branch that may not be taken. */
export function fork(scope: Scope): Scope {
  return { ...scope, assigned: new Set(scope.assigned), exported: new Set(scope.exported) };
}
