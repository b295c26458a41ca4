import type { ErrorCode } from '../base/errors.js';

export type FailureAction = 'show-log' | 'set-key' | 'open-settings' | 'run-again' | 'run-doctor';

/** What would help next, best first; the log is always last. */
export function actionsFor(code: ErrorCode | undefined, message = ''): readonly FailureAction[] {
  switch (code) {
    case 'agent-failed':
      // The agent may have made this up; all it can gain is a button that asks for the key.
      return /\bHTTP 40[13]\b/.test(message) ? ['set-key', 'show-log'] : ['show-log'];
    case 'key-missing':
      return ['set-key', 'show-log'];
    case 'upstream-refused':
    case 'usage':
    case 'policy-unusable':
    case 'change-too-large':
    case 'sandbox-full':
    case 'workspace-unsuitable':
      return ['open-settings', 'show-log'];
    case 'engine-missing':
    case 'engine-timeout':
    case 'engine-permission':
      return ['run-again', 'run-doctor', 'show-log'];
    case 'engine-too-old':
    case 'engine-failed':
    case 'start-failed':
    case 'posture-failed':
    case 'guarantee-failed':
    case 'runtime-missing':
      return ['run-doctor', 'show-log'];
    default:
      return ['show-log'];
  }
}

/**
 * The code of an error from the core. By shape: the core is a bundle of its own, so its classes are
 * not the ones this side knows.
 */
export function codeOf(error: unknown): ErrorCode | undefined {
  if (!(error instanceof Error) || error.name !== 'AirlockError' || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? (error.code as ErrorCode) : undefined;
}
