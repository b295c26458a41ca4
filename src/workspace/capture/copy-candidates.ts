import { stateKey } from '../changes.js';
import { type BaselineEntry, toBaselineState } from '../view/baseline.js';
import { type CandidateContext, collectStated, type Found } from './candidates.js';

/** What may have changed, from what differs in a copy, against the baseline that the copy was made from. */
export async function findCopyCandidates(context: CandidateContext): Promise<Found> {
  const { index } = context;
  const candidates = collectStated(context);
  const gone: Found['gone'] = new Set();
  const before = context.baseline?.entries ?? new Map<string, BaselineEntry>();
  for (const [path, proposal] of candidates) {
    // A directory is told of only when it is another one than was imported, so it is not one that the host removed.
    if (proposal.kind === 'refused' || proposal.kind === 'directory') continue;
    if (stateKey(proposal) === stateKey(toBaselineState(before.get(path)))) candidates.delete(path);
  }
  for (const [path, { type }] of index.byPath) {
    if (type === 'whiteout' && (before.has(path) || context.masked.has(path)))
      candidates.set(path, { kind: 'absent' });
    if (type !== 'directory' && before.get(path)?.kind === 'directory') gone.add(path);
  }
  for (const path of index.directories) {
    const isFile = before.has(path) && before.get(path)?.kind !== 'directory';
    if (isFile && !candidates.has(path)) candidates.set(path, { kind: 'absent' });
  }
  return { candidates, gone };
}
