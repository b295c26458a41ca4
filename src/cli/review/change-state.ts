import type { ReviewedChange } from '../../workspace/review/review-api.js';

export const changeStates = [
  'pending',
  'approved',
  'partly approved',
  'rejected',
  'applied',
  'conflict',
  'refused',
  'applying',
] as const;

/** What is decided of a change, in the user's words: `approved` is what `airlock apply` writes. */
export type ChangeState = (typeof changeStates)[number];

export function stateOf({ change, decision, mark }: ReviewedChange): ChangeState {
  switch (decision) {
    case 'pending':
      if (change.status === 'refused') return 'refused';
      if (mark.kind === 'none') return 'pending';
      return mark.kind === 'all' ? 'approved' : 'partly approved';
    case 'approved':
      return 'applying';
    case 'rejected':
    case 'applied':
    case 'conflict':
      return decision;
  }
}

/** Why a change cannot be approved as it stands; undefined for one that can. */
export function findObstacle(reviewed: ReviewedChange): string | undefined {
  switch (stateOf(reviewed)) {
    case 'pending':
    case 'approved':
    case 'partly approved':
      return undefined;
    case 'rejected':
      return 'it was rejected';
    case 'applied':
      return 'it is in the workspace already; `airlock undo` takes it back';
    case 'applying':
      return 'another process is writing it';
    case 'conflict':
      return `conflict: ${reviewed.conflict ?? 'edited on both sides'}; see \`airlock diff\`, then \`airlock apply --overwrite PATH\` or \`airlock reject PATH\``;
    case 'refused':
      return `it can never be applied: ${reviewed.change.reason ?? 'refused'}`;
  }
}

export function isUndecided({ decision }: Pick<ReviewedChange, 'decision'>): boolean {
  return decision !== 'applied' && decision !== 'rejected';
}

/** The reasons why a change is protected, each once. */
export function protectedReasons({ risks }: Pick<ReviewedChange, 'risks'>): readonly string[] {
  return [...new Set(risks.map(({ reason }) => reason))];
}
