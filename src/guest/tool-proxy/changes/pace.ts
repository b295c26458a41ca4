import { setImmediate as nextTurn } from 'node:timers/promises';

const SLICE_MS = 10;

/**
 * Lets other requests run in between synchronous work: a synchronous lstat costs a tenth of one that
 * goes through the thread pool, as long as it does not hold the event loop for long.
 */
export class Pace {
  #since = performance.now();

  get due(): boolean {
    return performance.now() - this.#since > SLICE_MS;
  }

  async rest(): Promise<void> {
    await nextTurn();
    this.#since = performance.now();
  }
}
