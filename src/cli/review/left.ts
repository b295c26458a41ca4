import { toVisibleLine } from '../../base/visible-text.js';
import { exitStatus } from '../exit-status.js';
import { findObstacle, stateOf } from './change-state.js';
import type { Left } from './documents.js';
import { type Place, type SelectedChange, showPath } from './select-changes.js';

/** A change that nothing was done with. */
export interface Leftover extends Left {
  /** Whether it was to be done, and not merely one of all that there are. */
  readonly isFailure: boolean;
}

/** Why a change cannot be approved; undefined when it can be. `isAsked`: it was named, by its path or a hunk. */
export function leaveForObstacle({ reviewed }: SelectedChange, isAsked: boolean): Leftover | undefined {
  const reason = findObstacle(reviewed);
  if (reason === undefined) return undefined;
  const state = stateOf(reviewed);
  const kind = state === 'conflict' || state === 'refused' ? state : 'decided';
  return { path: reviewed.change.path, kind, reason, isFailure: isAsked || kind === 'conflict' };
}

export function leaveMoved(path: string): Leftover {
  return { path, kind: 'moved', reason: 'it changed in this moment; look again', isFailure: true };
}

export function leftStatus(left: readonly Leftover[]): number {
  return left.some(({ isFailure }) => isFailure) ? exitStatus.undone : exitStatus.done;
}

export function renderLeft(left: readonly Leftover[], place: Place): string {
  return left
    .map(({ path, kind, reason }) => {
      const why = kind === 'protected' ? `protected: ${reason}` : reason;
      return `left       ${showPath(path, place)}: ${toVisibleLine(why, 1000)}\n`;
    })
    .join('');
}
