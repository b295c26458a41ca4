import { dirname } from 'node:path';
import { limits } from '../../../protocol/limits.js';
import type { ChangeEntry } from '../../../protocol/tool-proxy.js';
import { Crowds } from './crowds.js';
import { describeEntry, isWhiteout } from './describe-entry.js';
import { type Identities, markTold, mayDiffer } from './identities.js';
import { Pace } from './pace.js';
import { type WalkEntry, walk } from './walk.js';

/** One more than the host takes, so that it sees there was more. */
const MAX_ENTRIES = limits.changes + 1;

export type ChangeSource =
  | { readonly kind: 'overlay'; readonly upperDir: string }
  | { readonly kind: 'copy'; readonly identities: Identities };

/** Everything that may differ from what the session started with. Cost under overlay: the upper layer's size. */
export async function collectChanges(
  workspace: string,
  source: ChangeSource,
): Promise<readonly ChangeEntry[]> {
  const found =
    source.kind === 'overlay'
      ? await listEntries(source.upperDir)
      : await listDifferences(workspace, source.identities);
  const pace = new Pace();
  const described: ChangeEntry[] = [];
  const filled = findFilled(found.changed);
  for (const entry of found.changed) described.push(await describeEntry(workspace, entry, filled, pace));
  const gone = found.gone.map((path): ChangeEntry => ({ type: 'whiteout', path }));
  return [...described, ...found.folded, ...gone].slice(0, MAX_ENTRIES);
}

/** The directories that hold one of the entries: they need not be listed to see that they are not empty. */
function findFilled(entries: readonly WalkEntry[]): ReadonlySet<string> {
  const present = entries.filter((entry) => entry.kind === 'unreadable' || !isWhiteout(entry.stat));
  return new Set(present.map(({ path }) => dirname(path)));
}

interface Found {
  readonly changed: readonly WalkEntry[];
  /** Folders of whose content only the number is told. */
  readonly folded: readonly ChangeEntry[];
  readonly gone: readonly string[];
}

async function listEntries(upperDir: string): Promise<Found> {
  const crowds = new Crowds(MAX_ENTRIES);
  await walk(upperDir, (entry) => crowds.add(entry));
  const { entries, folded } = crowds.list();
  return { changed: entries, folded, gone: [] };
}

async function listDifferences(workspace: string, identities: Identities): Promise<Found> {
  const crowds = new Crowds(MAX_ENTRIES);
  let complete = true;
  const seen = new Set<string>();
  const hidden: string[] = [];
  await walk(workspace, (entry) => {
    seen.add(entry.path);
    if (entry.kind === 'unreadable') hidden.push(`${entry.path}/`);
    complete = !mayDiffer(identities, entry) || crowds.add(entry);
    return complete;
  });
  const isHidden = (path: string) => hidden.some((prefix) => prefix === './' || path.startsWith(prefix));
  // What could not be looked at is not known to be gone, nor is anything once the walk was cut short.
  const isGone = (path: string) => !seen.has(path) && !isHidden(path) && !crowds.isFolded(path);
  const gone = complete ? [...identities.keys()].filter(isGone) : [];
  const { entries, folded } = crowds.list();
  markTold(identities, [...gone, ...entries.map(({ path }) => path)]);
  return { changed: entries, folded, gone };
}
