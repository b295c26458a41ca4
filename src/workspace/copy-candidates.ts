import { type BaselineEntry, toBaselineState } from './baseline.js';
import { type CandidateContext, type Candidates, collectStated } from './candidates.js';
import { stateKey } from './changes.js';

/** What may have changed, from what differs in a copy, against the baseline that the copy was made from. */
export async function findCopyCandidates(context: CandidateContext): Promise<Candidates> {
  const { index } = context;
  const found = collectStated(context);
  const before = context.baseline?.entries ?? new Map<string, BaselineEntry>();
  for (const [path, proposal] of found) {
    if (proposal.kind === 'refused') continue;
    if (stateKey(proposal) === stateKey(toBaselineState(before.get(path)))) found.delete(path);
  }
  for (const [path, entry] of index.byPath) {
    if (entry.type === 'whiteout' && (before.has(path) || context.masked.has(path)))
      found.set(path, { kind: 'absent' });
  }
  for (const path of index.directories) if (before.has(path)) found.set(path, { kind: 'absent' });
  return found;
}
