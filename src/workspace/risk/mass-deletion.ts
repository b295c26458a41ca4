import type { Change } from '../changes.js';
import { foldName } from '../fold-name.js';
import type { Risk } from './risk.js';

/** So many are a mass when they are this share of all that changed. */
const MANY = 25;
const SHARE = 1 / 3;
/** So many are one when nothing else is left to change in their top folder. */
const OF_A_FOLDER = 10;

export type MassDeletion = ReadonlyMap<Change, Risk>;

/**
 * Deletions that together take away much of the workspace: each is asked for on its own. Half of a rename is none,
 * since its bytes are kept. Which files stay is not known here: a folder in which things are only deleted counts as
 * emptied.
 */
export function findMassDeletion(changes: readonly Change[]): MassDeletion {
  const proposed = changes.filter(({ status }) => status !== 'refused');
  const moved = new Set(proposed.flatMap(({ renamedFrom = [] }) => renamedFrom));
  const deleted = proposed.filter(({ status, path }) => status === 'deleted' && !moved.has(path));
  if (deleted.length >= MANY && deleted.length >= proposed.length * SHARE) {
    const reason = `it is one of ${deleted.length} deletions among ${proposed.length} changes`;
    return new Map(deleted.map((change) => [change, toRisk(reason)]));
  }
  const kept = new Set(proposed.filter(({ after }) => after.kind !== 'absent').map(topFolder));
  const found = new Map<Change, Risk>();
  for (const [folder, inIt] of groupByFolder(deleted)) {
    if (kept.has(folder) || inIt.length < OF_A_FOLDER) continue;
    const reason = `it is one of ${inIt.length} deletions in a folder in which nothing else is changed`;
    for (const change of inIt) found.set(change, toRisk(reason));
  }
  return found;
}

function groupByFolder(changes: readonly Change[]): ReadonlyMap<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const folder = topFolder(change);
    if (folder === undefined) continue;
    const known = groups.get(folder);
    if (known === undefined) groups.set(folder, [change]);
    else known.push(change);
  }
  return groups;
}

function toRisk(reason: string): Risk {
  return { rule: 'mass-deletion', reason };
}

function topFolder({ path }: Change): string | undefined {
  const end = path.indexOf('/');
  return end < 0 ? undefined : foldName(path.slice(0, end));
}
