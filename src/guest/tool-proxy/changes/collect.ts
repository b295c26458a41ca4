import { limits } from '../../../protocol/limits.js';
import type { ChangeEntry } from '../../../protocol/tool-proxy.js';
import { describeEntry } from './describe-entry.js';
import { type Identities, mayDiffer } from './identities.js';
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
  for (const entry of found.changed) described.push(await describeEntry(workspace, entry, pace));
  const gone = found.gone.map((path): ChangeEntry => ({ type: 'whiteout', path }));
  return [...described, ...gone].slice(0, MAX_ENTRIES);
}

interface Found {
  readonly changed: readonly WalkEntry[];
  readonly gone: readonly string[];
}

async function listEntries(upperDir: string): Promise<Found> {
  const changed: WalkEntry[] = [];
  await walk(upperDir, (entry) => changed.push(entry) < MAX_ENTRIES);
  return { changed, gone: [] };
}

async function listDifferences(workspace: string, identities: Identities): Promise<Found> {
  const changed: WalkEntry[] = [];
  const seen = new Set<string>();
  const hidden: string[] = [];
  await walk(workspace, (entry) => {
    seen.add(entry.path);
    if (entry.kind === 'unreadable') hidden.push(`${entry.path}/`);
    if (mayDiffer(identities, entry)) changed.push(entry);
    return changed.length < MAX_ENTRIES;
  });
  const isHidden = (path: string) => hidden.some((prefix) => prefix === './' || path.startsWith(prefix));
  // What could not be looked at is not known to be gone, nor is anything once the walk was cut short.
  const complete = changed.length < MAX_ENTRIES;
  const gone = complete ? [...identities.keys()].filter((path) => !seen.has(path) && !isHidden(path)) : [];
  return { changed, gone };
}
