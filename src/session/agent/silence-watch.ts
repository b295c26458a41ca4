import { type AwakeTimer, startAwakeTimer } from '../../base/awake-timer.js';
import { errors } from '../../base/errors.js';

/**
 * Notices an agent that hangs: while it is watched, it must say something, call a tool or call its model now and
 * then. A call that is under way counts, however long it takes: each has a time-out of its own.
 */
export class SilenceWatch {
  readonly #ms: number;
  #underWay = 0;
  #timer: AwakeTimer | undefined;
  #expire: () => void = () => undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** The agent did something. */
  touch(): void {
    this.#timer?.stop();
    if (this.#underWay > 0) return;
    this.#timer = startAwakeTimer(this.#ms, () => this.#expire());
  }

  /** The agent waits for something until the work settles. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    this.#timer?.stop();
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      this.touch();
    }
  }

  /** Settles as the turn does; rejects with `agent-failed` when the agent was silent for too long in it. */
  async over<T>(turn: Promise<T>): Promise<T> {
    const silent = new Promise<never>((_, reject) => {
      this.#expire = () =>
        reject(errors.agentFailed(`it did nothing for ${this.#ms / 1000} s, neither a word nor a call`));
    });
    this.touch();
    try {
      return await Promise.race([turn, silent]);
    } finally {
      this.#expire = () => undefined;
      this.#timer?.stop();
    }
  }
}
