import type { Clock } from '../base/clock.js';
import type { GatewayLimits } from './gateway-types.js';

export type Admission =
  | { readonly kind: 'admitted'; release(): void }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      readonly retryAfterSeconds: number;
      /** False when waiting does not help. */
      readonly retry: boolean;
      /** First refusal of this minute: the others would only flood the audit log. */
      readonly first: boolean;
    };

const WINDOW_MS = 60_000;

/** Counts calls over a sliding minute, at once, and in all. */
export class Limiter {
  readonly #limits: GatewayLimits;
  readonly #clock: Clock;
  #starts: number[] = [];
  #active = 0;
  #total = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(limits: GatewayLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  admit(): Admission {
    const now = this.#clock();
    this.#starts = this.#starts.filter((start) => now - start < WINDOW_MS);
    const { concurrent, requestsPerMinute, totalRequests } = this.#limits;
    if (this.#total >= totalRequests)
      return this.#refuse(now, `this session has used its ${totalRequests} model calls`, 3600, false);
    if (this.#active >= concurrent)
      return this.#refuse(now, `${concurrent} model calls are running already`, 1, true);
    const oldest = this.#starts[0];
    if (this.#starts.length >= requestsPerMinute) {
      const wait = oldest === undefined ? 60 : Math.ceil((oldest + WINDOW_MS - now) / 1000);
      return this.#refuse(
        now,
        `more than ${requestsPerMinute} model calls in a minute`,
        Math.max(1, wait),
        true,
      );
    }
    this.#starts.push(now);
    this.#active += 1;
    this.#total += 1;
    let held = true;
    return {
      kind: 'admitted',
      release: () => {
        if (held) this.#active -= 1;
        held = false;
      },
    };
  }

  #refuse(now: number, reason: string, retryAfterSeconds: number, retry: boolean): Admission {
    const first = now - this.#toldAt >= WINDOW_MS;
    if (first) this.#toldAt = now;
    return { kind: 'refused', reason, retryAfterSeconds, retry, first };
  }
}
