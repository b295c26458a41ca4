import type { WorkspacePath } from '../base/workspace-path.js';
import { addDeletionsBelow, type CandidateContext, type Candidates, collectStated } from './candidates.js';

/** What may have changed, from the entries of an overlay's upper layer. */
export async function findOverlayCandidates(context: CandidateContext): Promise<Candidates> {
  const { index, live } = context;
  const found = collectStated(context);
  for (const [path, entry] of index.byPath) {
    if (entry.type === 'directory' || entry.type === 'special') continue;
    context.signal?.throwIfAborted();
    const { kind } = await live.inspect(path);
    if (kind === 'directory') await addDeletionsBelow(context, found, path);
    else if (entry.type === 'whiteout' && kind !== 'absent') found.set(path, { kind: 'absent' });
  }
  const kept: WorkspacePath[] = [];
  for (const path of index.directories) {
    const { kind } = await live.inspect(path);
    if (kind === 'directory') kept.push(path);
    else if (kind !== 'absent') found.set(path, { kind: 'absent' });
  }
  for (const dir of await findOpaque(context, kept)) await addDeletionsBelow(context, found, dir);
  return found;
}

const PROBES = 3;

/**
 * Directories that were deleted and made anew: real children that the upper layer does not name are gone from
 * the merged view. Only children as old as the session prove it: the kernel may not show the sandbox a file
 * that the host created meanwhile.
 */
async function findOpaque(
  context: CandidateContext,
  dirs: readonly WorkspacePath[],
): Promise<WorkspacePath[]> {
  const probes = new Map<WorkspacePath, WorkspacePath[]>();
  for (const dir of dirs) {
    const children = await pickOldChildren(context, dir);
    if (children.length > 0) probes.set(dir, children);
  }
  const asked = [...probes.values()].flat();
  const absent = new Set(asked.length === 0 ? [] : await context.absent(asked));
  const opaque: WorkspacePath[] = [];
  for (const [dir, children] of probes) {
    if (!children.every((child) => absent.has(child))) continue;
    // One that the host itself deleted between the two looks proves nothing.
    const left = await Promise.all(children.map((child) => context.live.inspect(child)));
    if (left.some(({ kind }) => kind !== 'absent')) opaque.push(dir);
  }
  return opaque;
}

async function pickOldChildren(
  { index, live, startNs }: CandidateContext,
  dir: WorkspacePath,
): Promise<WorkspacePath[]> {
  const picked: WorkspacePath[] = [];
  for (const { name } of await live.list(dir)) {
    const child = `${dir}/${name}`;
    if (index.byPath.has(child) || index.directories.has(child) || index.gitParts.has(child)) continue;
    const { kind, ctimeNs } = await live.inspect(child);
    if (kind !== 'absent' && ctimeNs <= startNs) picked.push(child);
    if (picked.length === PROBES) break;
  }
  return picked;
}
