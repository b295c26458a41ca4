import { LoopDetector } from './loop-detector.js';
import type { Price } from './prices.js';
import {
  addSpend,
  describeReached,
  findReached,
  type LimitName,
  noSpend,
  type Spend,
  type SpendLimits,
  toSpend,
  type Usage,
} from './spend.js';

/** Why the agent's next model call waits for the user. */
export interface Pause {
  readonly kind: 'limit' | 'loop';
  /** One sentence, without its full stop. */
  readonly text: string;
}

export interface MeterOptions {
  readonly limits: SpendLimits;
  /** The user's own, before the built-in ones. */
  readonly prices: readonly Price[];
  /** What all sessions have used today, this one included. */
  readonly day: () => Promise<Spend>;
  /** Keeps a call's spend for the day. */
  readonly keep: (spend: Spend) => void;
  readonly onSpend: (session: Spend) => void;
  /** The user's answer; while it is waited for, no call goes out. */
  readonly onPause: (pause: Pause) => Promise<'continue' | 'stop'>;
}

/** Counts what a session spends, and holds its calls while the user is asked whether to go on. */
export class Meter {
  readonly #options: MeterOptions;
  readonly #loops = new LoopDetector();
  readonly #raised: Partial<Record<LimitName, number>> = {};
  #session: Spend = noSpend;
  #pending: Promise<'continue' | 'stop'> | undefined;

  constructor(options: MeterOptions) {
    this.#options = options;
  }

  /** The reason why a call must not go out. May wait for the user. */
  async admit(json: unknown): Promise<string | undefined> {
    if (this.#loops.see(json)) {
      const text = 'the agent sends the same request over and over';
      if ((await this.#ask({ kind: 'loop', text })) === 'stop') return `${text}, and the user stopped it`;
      this.#loops.reset();
    }
    for (;;) {
      const reached = findReached(this.#options.limits, this.#session, await this.#today(), this.#raised);
      if (reached === undefined) return undefined;
      const text = describeReached(reached);
      if ((await this.#ask({ kind: 'limit', text })) === 'stop') return `${text}, which is the user's limit`;
      this.#raised[reached.limit] = reached.next;
    }
  }

  /** After a call. `ok`: the service answered it. */
  record(usage: Usage, json: unknown, ok: boolean): void {
    if (!ok) {
      this.#loops.fail(json);
      return;
    }
    const spend = toSpend(usage, this.#options.prices);
    this.#session = addSpend(this.#session, spend);
    this.#options.keep(spend);
    this.#options.onSpend(this.#session);
  }

  #today(): Promise<Spend> {
    const { limits, day } = this.#options;
    return limits.tokensPerDay || limits.usdPerDay ? day() : Promise.resolve(noSpend);
  }

  /** Calls that come while a question is open wait for its answer. */
  #ask(pause: Pause): Promise<'continue' | 'stop'> {
    this.#pending ??= this.#options.onPause(pause).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }
}
