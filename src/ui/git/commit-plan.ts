import type { ApprovedFile, RepositoryStatus } from '../../session/api.js';

/** An approved file, with what git makes of its place. */
export type Candidate = ApprovedFile &
  (
    | { readonly place: 'here'; readonly inRepository: string }
    /** Another repository has it. */
    | { readonly place: 'elsewhere' }
  );

export type LeftOutReason = 'edited' | 'partly-staged' | 'pattern' | 'elsewhere';

export interface CommitPlan {
  readonly files: readonly PlannedFile[];
  /** Approved and not committed, but not to be committed as it is. */
  readonly leftOut: readonly { readonly path: string; readonly reason: LeftOutReason }[];
  /** What the user has staged beside it: a commit of the index would take it along. */
  readonly foreign: readonly string[];
}

export interface PlannedFile extends ApprovedFile {
  readonly inRepository: string;
  /** It is not what the index has. */
  readonly needsAdd: boolean;
}

/** Which of the approved files can be committed as they were approved, and nothing else with them. */
export function planCommit(
  candidates: readonly Candidate[],
  { staged, changed }: Pick<RepositoryStatus, 'staged' | 'changed'>,
): CommitPlan {
  const files: PlannedFile[] = [];
  const leftOut: { path: string; reason: LeftOutReason }[] = [];
  const approved = new Set(candidates.flatMap((one) => (one.place === 'here' ? [one.inRepository] : [])));
  const others = [...changed].filter((path) => !approved.has(path));
  for (const candidate of candidates) {
    const { path, kind, isAsWritten } = candidate;
    if (candidate.place !== 'here') {
      leftOut.push({ path, reason: candidate.place });
      continue;
    }
    const { inRepository } = candidate;
    const needsAdd = changed.has(inRepository);
    const isStaged = staged.has(inRepository);
    // It is in the repository already, or git was told to ignore it.
    if (!needsAdd && !isStaged) continue;
    if (!isAsWritten) leftOut.push({ path, reason: 'edited' });
    else if (needsAdd && isStaged) leftOut.push({ path, reason: 'partly-staged' });
    else if (needsAdd && namesOthers(inRepository, others)) leftOut.push({ path, reason: 'pattern' });
    else files.push({ path, kind, isAsWritten, inRepository, needsAdd });
  }
  const ours = new Set(files.map(({ inRepository }) => inRepository));
  return { files, leftOut, foreign: [...staged].filter((path) => !ours.has(path)).sort() };
}

/** git reads a path that it is given as a pattern as well: this one could stage one of the others too. */
function namesOthers(path: string, others: readonly string[]): boolean {
  // What it means then is not about names.
  if (path.startsWith(':')) return true;
  if (!/[*?[\\]/.test(path)) return false;
  const source = path.replace(/\[[^/]*\]|[*?\\[]|[.+^${}()|\]]/g, (part) => {
    if (part === '?') return '.';
    if (part === '\\') return '.?';
    return part === '*' || part.startsWith('[') ? '.*' : `\\${part}`;
  });
  const pattern = new RegExp(`^${source}(?:/|$)`, 's');
  return others.some((other) => pattern.test(other));
}
