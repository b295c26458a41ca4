import { AirlockError, errors } from '../../base/errors.js';

/** Rejects with `cancelled` (or the AirlockError it was aborted with) when the signal is; never resolves. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(signal.reason instanceof AirlockError ? signal.reason : errors.cancelled());
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
