import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelEvent } from './conversation.js';
import { ModelError } from './model-error.js';

export interface RetryTimes {
  readonly retries: number;
  /** The first wait, doubled for each further one, ms. */
  readonly firstMs: number;
  /** A server that asks for a longer wait gets no second call, ms. */
  readonly maxMs: number;
}

export const defaultRetryTimes: RetryTimes = { retries: 3, firstMs: 500, maxMs: 60_000 };

/**
 * Streams a turn and makes the call again when it fails before its first event with an error worth
 * that. After the first event nothing is repeated: its text has been shown already.
 */
export async function* streamWithRetry(
  start: () => AsyncIterable<ModelEvent>,
  signal: AbortSignal,
  times: RetryTimes = defaultRetryTimes,
): AsyncGenerator<ModelEvent> {
  for (let attempt = 0; ; attempt++) {
    let begun = false;
    try {
      for await (const event of start()) {
        begun = true;
        yield event;
      }
      return;
    } catch (error) {
      const waitMs = begun ? undefined : nextWait(error, attempt, times);
      if (waitMs === undefined) throw error;
      await sleep(waitMs, undefined, { signal });
    }
  }
}

function nextWait(error: unknown, attempt: number, times: RetryTimes): number | undefined {
  if (!(error instanceof ModelError) || !error.retryable || attempt >= times.retries) return undefined;
  const waitMs = error.retryAfterMs ?? times.firstMs * 2 ** attempt;
  return waitMs <= times.maxMs ? waitMs : undefined;
}
