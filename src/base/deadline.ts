/**
 * Settles as `work` does, or rejects with `onExpiry()` after `ms`. The work itself goes on unless
 * it watches the signal it is given.
 */
export async function withDeadline<T>(
  ms: number,
  onExpiry: () => Error,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(onExpiry());
      controller.abort();
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), expiry]);
  } finally {
    clearTimeout(timer);
  }
}
