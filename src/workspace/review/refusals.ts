import type { Change } from '../changes.js';
import type { ApplyOutcome } from './review-api.js';

export function refuse({ path, reason }: Change, why = reason ?? 'it can never be applied'): ApplyOutcome {
  return { kind: 'refused', path, reason: why };
}

export function gone(path: string): ApplyOutcome {
  return { kind: 'refused', path, reason: 'there is no such change any more' };
}

/** The reason in an outcome, for the log. */
export function whyNot(outcome: ApplyOutcome): string | undefined {
  switch (outcome.kind) {
    case 'applied':
    case 'merged':
      return undefined;
    case 'conflict':
    case 'refused':
      return outcome.reason;
    case 'failed':
      return outcome.error.message;
  }
}
