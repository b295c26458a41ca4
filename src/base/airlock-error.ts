/** Every way a session can fail, by the code that the log, the audit and the CLI's exit status go by. */
export type ErrorCode =
  | 'engine-missing'
  | 'engine-permission'
  | 'engine-too-old'
  | 'engine-timeout'
  | 'engine-failed'
  | 'image-missing'
  | 'agent-image-failed'
  | 'agent-unfit'
  | 'start-failed'
  | 'posture-failed'
  | 'runtime-missing'
  | 'guarantee-failed'
  | 'guarantee-unproven'
  | 'workspace-unsuitable'
  | 'mask-failed'
  | 'guest-failed'
  | 'agent-failed'
  | 'key-missing'
  | 'upstream-refused'
  | 'change-too-large'
  | 'sandbox-full'
  | 'apply-failed'
  | 'commit-failed'
  | 'import-failed'
  | 'audit-failed'
  | 'policy-unusable'
  | 'usage'
  | 'session-busy'
  | 'review-missing'
  | 'review-held'
  | 'review-damaged'
  | 'review-newer'
  | 'cancelled';

export interface ErrorParts {
  readonly code: ErrorCode;
  /** What happened. */
  readonly what: string;
  /** What it means for the user's files. */
  readonly effect: string;
  /** What to do now. */
  readonly nextStep: string;
  readonly cause?: unknown;
}

/** An error that the user is shown: three sentences, with the cause kept for the log. */
export class AirlockError extends Error {
  readonly code: ErrorCode;
  readonly what: string;
  readonly effect: string;
  readonly nextStep: string;

  constructor(parts: ErrorParts) {
    super(`${parts.what} ${parts.effect} ${parts.nextStep}`, { cause: parts.cause });
    this.name = 'AirlockError';
    this.code = parts.code;
    this.what = parts.what;
    this.effect = parts.effect;
    this.nextStep = parts.nextStep;
  }
}
