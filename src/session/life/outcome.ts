import { AirlockError, describeError, errors } from '../../base/errors.js';
import type { SessionOutcome } from '../events.js';
import type { Cause } from './life.js';

/** What the user is told of a session's end. `turnSeconds` is how long a turn may take. */
export function toOutcome(cause: Cause, turnSeconds: number): SessionOutcome {
  switch (cause.kind) {
    case 'completed':
      return cause;
    case 'stopped':
      return { kind: 'cancelled' };
    case 'overdue':
      return { kind: 'failed', error: errors.agentFailed(`it did not finish within ${turnSeconds} s`) };
    case 'failed': {
      const { error } = cause;
      if (error instanceof AirlockError && error.code === 'cancelled') return { kind: 'cancelled' };
      return { kind: 'failed', error: error instanceof Error ? error : new Error(describeError(error)) };
    }
  }
}
