import type { WorkspacePath } from '../../base/workspace-path.js';
import { mapConcurrent } from '../concurrent.js';
import {
  addDeletionsBelow,
  type CandidateContext,
  type Candidates,
  collectStated,
  type Found,
} from './candidates.js';

const WIDTH = 8;

/** What may have changed, from the entries of an overlay's upper layer. */
export async function findOverlayCandidates(context: CandidateContext): Promise<Found> {
  const { index, live, signal } = context;
  const candidates = collectStated(context);
  const found: Found = { candidates, gone: new Set() };
  const stated = [...index.byPath.values()].filter(({ type }) => type !== 'directory' && type !== 'special');
  const emptied = await mapConcurrent(stated, WIDTH, async ({ type, path }) => {
    signal?.throwIfAborted();
    const { kind } = await live.inspect(path);
    if (type === 'whiteout' && kind !== 'absent' && kind !== 'directory')
      candidates.set(path, { kind: 'absent' });
    return kind === 'directory' ? [path] : [];
  });
  for (const dir of emptied.flat()) await addDeletionsBelow(context, found, dir);
  for (const dir of await findOpaque(context, candidates)) await addDeletionsBelow(context, found, dir);
  return found;
}

const PROBES = 3;

/**
 * Directories that were deleted and made anew: real children that the upper layer does not name are gone from
 * the merged view. Only children as old as the session prove it: the kernel may not show the sandbox a file
 * that the host created meanwhile. What is no directory in the real workspace is added to `candidates` as deleted.
 */
async function findOpaque(context: CandidateContext, candidates: Candidates): Promise<WorkspacePath[]> {
  const { index, live, startNs, signal } = context;
  const isKnown = (path: WorkspacePath) =>
    index.byPath.has(path) || index.directories.has(path) || index.gitParts.has(path);
  const surveys = await mapConcurrent([...index.directories], WIDTH, async (dir) => {
    signal?.throwIfAborted();
    const { kind, old } = await live.survey(dir, isKnown, startNs, PROBES);
    if (kind === 'other' && !candidates.has(dir)) candidates.set(dir, { kind: 'absent' });
    return { dir, children: old };
  });
  const asked = surveys.flatMap(({ children }) => children);
  const absent = new Set(asked.length === 0 ? [] : await context.absent(asked));
  const opaque: WorkspacePath[] = [];
  for (const { dir, children } of surveys) {
    if (children.length === 0 || !children.every((child) => absent.has(child))) continue;
    // One that the host itself deleted between the two looks proves nothing.
    const left = await Promise.all(children.map((child) => live.inspect(child)));
    if (left.some(({ kind }) => kind !== 'absent')) opaque.push(dir);
  }
  return opaque;
}
