/** Counts what happened in the last `windowMs`. Times are milliseconds of any clock that only goes forward. */
export class RateWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  #times: readonly number[] = [];

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Takes a place; false when there is none. */
  take(now: number): boolean {
    this.#times = this.#times.filter((time) => now - time < this.#windowMs);
    if (this.#times.length >= this.#limit) return false;
    this.#times = [...this.#times, now];
    return true;
  }
}
