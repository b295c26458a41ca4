/** Runs a capture at a time; requests that come while one runs are served by one more run after it. */
export class CaptureQueue {
  readonly #capture: () => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(capture: () => Promise<void>) {
    this.#capture = capture;
  }

  /** Settles when a capture that began after this call has ended. */
  request(): Promise<void> {
    if (this.#running === undefined) return this.#start();
    this.#next ??= this.#running.then(
      () => this.#startNext(),
      () => this.#startNext(),
    );
    return this.#next;
  }

  #startNext(): Promise<void> {
    this.#next = undefined;
    return this.#start();
  }

  #start(): Promise<void> {
    const run = this.#capture().finally(() => {
      if (this.#running === run) this.#running = undefined;
    });
    this.#running = run;
    return run;
  }
}

/** For what can still be had after a failure or a stop, ms. */
export const LAST_CAPTURE_MS = 5_000;
const CAPTURE_MS = 300_000;

/** A capture ends with the turn; one that begins after the turn's end has a short time of its own. */
export function captureSignal(turn: AbortSignal): AbortSignal {
  if (turn.aborted) return AbortSignal.timeout(LAST_CAPTURE_MS);
  return AbortSignal.any([turn, AbortSignal.timeout(CAPTURE_MS)]);
}
