import { listAncestors, type WorkspacePath } from '../../base/workspace-path.js';
import type { Change } from '../changes.js';

/**
 * Says of each deletion which folder goes with it when nothing else is left in it: the topmost one that is `gone` from
 * the sandbox. One that holds something which is never applied stays.
 */
export function markEmptied(changes: readonly Change[], gone: ReadonlySet<WorkspacePath>): Change[] {
  const refused = changes.filter(({ status }) => status === 'refused');
  const held = new Set(refused.flatMap(({ path }) => [...listAncestors(path), path]));
  return changes.map((change) => {
    if (change.status !== 'deleted') return change;
    const above = listAncestors(change.path);
    const top = above.findIndex((dir) => gone.has(dir));
    const emptied = top === -1 ? undefined : above.slice(top).find((dir) => !held.has(dir));
    return emptied === undefined ? change : { ...change, emptied };
  });
}
