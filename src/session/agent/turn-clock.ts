import { type AwakeTimer, startAwakeTimer } from '../../base/awake-timer.js';

/** The time that a turn may take: runs while a turn does, and stands still between two. */
export class TurnClock {
  readonly #ms: number;
  readonly #overdue = new AbortController();
  #timer: AwakeTimer | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Ends when a turn took too long. */
  get overdue(): AbortSignal {
    return this.#overdue.signal;
  }

  start(): void {
    this.stop();
    this.#timer = startAwakeTimer(this.#ms, () => this.#overdue.abort());
  }

  stop(): void {
    this.#timer?.stop();
  }
}
