import type { Phase } from '../session/events.js';

/** The one agent run of this window. */
export type SessionState =
  /** `failure` is what the last run died of, until the user has looked at it. */
  | { readonly kind: 'none'; readonly failure?: string }
  | { readonly kind: 'starting'; readonly phase: Phase; readonly startedAt: number }
  | { readonly kind: 'running'; readonly startedAt: number }
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
    case 'stopping':
    case 'done':
      return { kind: 'stopping', startedAt };
  }
}
