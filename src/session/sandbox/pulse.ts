import { setTimeout as delay } from 'node:timers/promises';
import { describeError, errors } from '../../base/errors.js';
import type { SandboxEngine } from '../../sandbox/engine.js';

export interface PulseTimes {
  /** Between two looks, and how long one is waited for, ms. */
  readonly beatMs: number;
  /** So many unanswered ones in a row are told of, and so many end the session. */
  readonly tellAfter: number;
  readonly endAfter: number;
}

const defaultTimes: PulseTimes = { beatMs: 5_000, tellAfter: 2, endAfter: 12 };

export interface PulseParts {
  readonly engine: Pick<SandboxEngine, 'state'>;
  readonly container: string;
  /** Resolves when the guest has answered; rejects when its road has ended. */
  readonly ping: () => Promise<void>;
  readonly tell: (text: string) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  readonly times?: PulseTimes;
}

/**
 * Looks now and then whether the sandbox still answers, which no stream tells: a paused container and an engine that
 * hangs keep every connection open. Rejects with `guest-failed` and the cause when it has not answered for a minute; a
 * container that somebody paused is waited for. Settles otherwise when the signal is aborted or the road has ended.
 *
 * Only looks are counted, never time, so that a laptop's sleep is no silence.
 */
export async function watchPulse(parts: PulseParts): Promise<void> {
  const { signal, tell, times = defaultTimes } = parts;
  let missed = 0;
  // One at a time: an answer to it that comes late is an answer.
  let asked: Promise<Beat> | undefined;
  for (;;) {
    if (missed === 0) await pause(times.beatMs, signal);
    if (signal.aborted) return;
    asked ??= takePulse(parts);
    const beat = await Promise.race([asked, pause(times.beatMs, signal)]);
    if (beat === 'gone' || signal.aborted) return;
    if (beat === 'answered') {
      if (missed >= times.tellAfter) tell('The sandbox answers again.');
      [missed, asked] = [0, undefined];
      continue;
    }
    missed += 1;
    if (missed === times.tellAfter) tell((await diagnose(parts)).told);
    if (missed < times.endAfter) continue;
    const { cause } = await diagnose(parts);
    if (cause !== undefined) throw errors.guestFailed(cause);
    missed = times.tellAfter;
  }
}

type Beat = 'answered' | 'gone';

function takePulse({ ping }: PulseParts): Promise<Beat> {
  return ping().then(
    () => 'answered',
    () => 'gone',
  );
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
}

interface Finding {
  readonly told: string;
  /** What the session ends by; a paused container is waited for. */
  readonly cause: string | undefined;
}

async function diagnose({ engine, container }: PulseParts): Promise<Finding> {
  try {
    if ((await engine.state(container)) === 'paused')
      return {
        told: `The sandbox was paused from outside; nothing is lost, and it goes on after \`docker unpause ${container.slice(0, 12)}\`.`,
        cause: undefined,
      };
    return {
      told: 'The sandbox does not answer at the moment. It is given a minute; what was captured is kept.',
      cause: 'it runs, but did not answer for a minute',
    };
  } catch (error) {
    return {
      told: 'The container engine does not answer at the moment. It is given a minute; what was captured is kept.',
      cause: `the container engine did not answer for a minute (${describeError(error)})`,
    };
  }
}
