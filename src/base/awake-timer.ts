const SLICE_MS = 5_000;

/** A timer that was started; `stop` may be called any number of times. */
export interface AwakeTimer {
  stop(): void;
}

/**
 * Calls back after `ms` in which this process could run. A laptop that sleeps and a process that is stopped age nothing:
 * the time is counted in slices by the monotonic clock, and one that took longer counts as one. It keeps no process alive.
 */
export function startAwakeTimer(ms: number, onExpire: () => void, sliceMs = SLICE_MS): AwakeTimer {
  let timer: NodeJS.Timeout;
  const wait = (left: number) => {
    const slice = Math.min(left, sliceMs);
    const began = performance.now();
    timer = setTimeout(() => {
      const counted = Math.min(performance.now() - began, slice);
      if (counted >= left) onExpire();
      else wait(left - counted);
    }, slice);
    timer.unref();
  };
  wait(ms);
  return { stop: () => clearTimeout(timer) };
}
