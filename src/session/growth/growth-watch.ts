import { describeError, errors } from '../../base/errors.js';
import { freeBytesOf } from '../../base/free-space.js';
import type { Logger } from '../../base/logger.js';
import { type GrowthLimits, judgeGrowth, type Measure } from './judge-growth.js';
import { measureTree } from './measure-tree.js';

/** A disk of today takes a gigabyte or two in that time. */
const DISK_EVERY_MS = 250;
const TREE_EVERY_MS = 2000;
/** Measuring takes no more than this share of the time. */
const TREE_SHARE = 0.1;

export interface Growing {
  /** The upper layer of an overlay; nothing else can be looked into from here. */
  readonly tree: string | undefined;
  /** A path on each disk that the sandbox can write to. */
  readonly disks: readonly string[];
}

/** Looks now and then at what the sandbox takes on the host's disks, until it is ended. */
export class GrowthWatch {
  /** Aborted when a limit is reached, with the error for the user as its reason. */
  readonly exceeded: AbortSignal;
  readonly #exceeded = new AbortController();
  readonly #end = new AbortController();
  readonly #limits: GrowthLimits;
  readonly #logger: Logger;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(growing: Growing, limits: GrowthLimits, logger: Logger) {
    this.exceeded = this.#exceeded.signal;
    this.#limits = limits;
    this.#logger = logger;
    for (const disk of growing.disks) this.#repeat(() => measureDisk(disk), DISK_EVERY_MS);
    const { tree } = growing;
    if (tree !== undefined)
      this.#repeat(() => measureTree(tree, this.#limits, this.#end.signal), TREE_EVERY_MS);
  }

  end(): void {
    this.#end.abort();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #repeat(measure: () => Promise<Measure>, everyMs: number): void {
    const look = async () => {
      const startedAt = performance.now();
      const excess = judgeGrowth(await measure(), this.#limits);
      if (this.#end.signal.aborted) return;
      if (excess !== undefined) {
        this.end();
        this.#exceeded.abort(errors.sandboxFull(excess.reason, excess.setting));
        return;
      }
      schedule(Math.max(everyMs, (performance.now() - startedAt) / TREE_SHARE));
    };
    const schedule = (ms: number) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        look().catch((error: unknown) => this.#giveUp(error));
      }, ms);
      timer.unref();
      this.#timers.add(timer);
    };
    schedule(everyMs);
  }

  /** What is not watched is not bounded: the session does not go on so. */
  #giveUp(error: unknown): void {
    if (this.#end.signal.aborted) return;
    this.#logger.warn(`the growth of the sandbox is not watched any more: ${describeError(error)}`);
    this.end();
    this.#exceeded.abort(errors.guestFailed('what it writes to the disk cannot be watched', error));
  }
}

export async function measureDisk(path: string): Promise<Measure> {
  return { kind: 'disk', freeBytes: await freeBytesOf(path) };
}
