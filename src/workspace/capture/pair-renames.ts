import type { Change } from '../changes.js';

/** Marks an added file whose bytes equal those of a deleted one; the same name is preferred. Display only. */
export function pairRenames(changes: readonly Change[]): Change[] {
  const deleted = new Map<string, string[]>();
  for (const { status, before, path } of changes) {
    if (status !== 'deleted' || before.kind !== 'file' || before.size === 0) continue;
    const paths = deleted.get(before.sha256);
    if (paths === undefined) deleted.set(before.sha256, [path]);
    else paths.push(path);
  }
  return changes.map((change) => {
    if (change.status !== 'added' || change.after.kind !== 'file') return change;
    const candidates = deleted.get(change.after.sha256);
    if (candidates === undefined || candidates.length === 0) return change;
    const sameName = candidates.findIndex((path) => nameOf(path) === nameOf(change.path));
    const [renamedFrom] = candidates.splice(Math.max(sameName, 0), 1);
    return renamedFrom === undefined ? change : { ...change, renamedFrom };
  });
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
