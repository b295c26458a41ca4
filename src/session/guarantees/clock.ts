import { selfTestTimerMs } from '../../protocol/self-test.js';
import { failed, type Guarantee, proven } from './guarantee.js';

/** Of timers, which count in whole milliseconds. */
const TOLERANCE_MS = 2;

/** The clock that ends a tool's time goes, and no faster than the host's. */
export const clock: Guarantee = {
  id: 'clock',
  title: 'Clock of the time-outs',
  check({ timerMs, tookMs }, { hostMs }) {
    if (timerMs < selfTestTimerMs - TOLERANCE_MS)
      return failed(`a timer of ${selfTestTimerMs} ms ended after ${timerMs} ms`);
    if (tookMs > hostMs + TOLERANCE_MS)
      return failed(`${tookMs} ms went by in the sandbox while the host counted ${hostMs} ms`);
    return proven(`a timer of ${selfTestTimerMs} ms ended in time, by the host's clock too`);
  },
};
