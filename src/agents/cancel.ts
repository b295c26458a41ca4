import { errors } from '../base/errors.js';

/**
 * Settles as `work` does. When `signal` is aborted, calls `cancel` and gives the work `graceMs` more;
 * then rejects with `cancelled`.
 */
export async function withCancel<T>(
  work: Promise<T>,
  signal: AbortSignal,
  graceMs: number,
  cancel: () => Promise<void>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: () => void = () => undefined;
  const expiry = new Promise<never>((_, reject) => {
    onAbort = () => {
      // A cancel that cannot be sent ends as one that is not answered.
      cancel().catch(() => undefined);
      timer = setTimeout(() => reject(errors.cancelled()), graceMs);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
