/** The time that a turn may take: runs while a turn does, and stands still between two. */
export class TurnClock {
  readonly #ms: number;
  readonly #overdue = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Ends when a turn took too long. */
  get overdue(): AbortSignal {
    return this.#overdue.signal;
  }

  start(): void {
    this.stop();
    this.#timer = setTimeout(() => this.#overdue.abort(), this.#ms);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
