import type { Phase } from '../session/events.js';

/** Where one agent session of this window is. */
export type SessionState =
  /** Its sandbox is gone. `failure` is what it died of, until the user has looked at it. */
  | { readonly kind: 'none'; readonly failure?: string }
  | { readonly kind: 'starting'; readonly phase: Phase; readonly startedAt: number }
  /** From when its present turn runs. */
  | { readonly kind: 'running'; readonly startedAt: number }
  /** Its sandbox waits for a next prompt. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'stopping'; readonly startedAt: number };

export function stateOfPhase(phase: Phase, startedAt: number): SessionState {
  switch (phase) {
    case 'engine':
    case 'image':
    case 'workspace':
    case 'container':
    case 'guest':
    case 'agent':
      return { kind: 'starting', phase, startedAt };
    case 'ready':
    case 'running':
    case 'collecting':
      return { kind: 'running', startedAt };
    case 'idle':
      return { kind: 'idle' };
    case 'stopping':
    case 'done':
      return { kind: 'stopping', startedAt };
  }
}

/** Its agent works, or is about to. */
export function isWorking(
  state: SessionState,
): state is Extract<SessionState, { kind: 'starting' | 'running' }> {
  return state.kind === 'starting' || state.kind === 'running';
}
