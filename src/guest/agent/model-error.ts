export interface ModelErrorParts {
  readonly status?: number;
  /** Worth the same call again, after `retryAfterMs` when the server said so. */
  readonly retryable?: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** A model call that failed; the message is one sentence a user can read. */
export class ModelError extends Error {
  readonly status: number | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, parts: ModelErrorParts = {}) {
    super(message, { cause: parts.cause });
    this.name = 'ModelError';
    this.status = parts.status;
    this.retryable = parts.retryable ?? false;
    this.retryAfterMs = parts.retryAfterMs;
  }
}

export const malformed = (detail: string, cause?: unknown) =>
  new ModelError(`The model's answer is malformed: ${detail}.`, { cause });

export const truncated = () => new ModelError("The model's answer broke off before its end.");
