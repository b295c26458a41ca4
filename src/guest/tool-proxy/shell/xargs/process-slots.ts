import type { ProgramEnd } from '../run-program.js';
import { XargsEnd } from './xargs-end.js';

/** Runs so many programs at once, and makes one status of theirs: xargs(1), EXIT STATUS. */
export class ProcessSlots {
  readonly #size: number;
  readonly #running = new Set<Promise<void>>();
  readonly #ended: Ended[] = [];
  #status = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** Waits until one more may start. */
  async free(): Promise<void> {
    while (this.#running.size >= this.#size) await Promise.race(this.#running);
    this.#reap();
  }

  /** Takes the place that `free` waited for; waits until `run` has told that its program has started, or could not be. */
  async start(name: string, run: (onStart: () => void) => Promise<ProgramEnd>): Promise<void> {
    await new Promise<void>((onStart) => {
      const running = this.#watch(name, run(onStart)).finally(() => this.#running.delete(running));
      this.#running.add(running);
      // Also when it ends without having begun.
      void running.then(onStart);
    });
    // A program that is not there ends it all at once.
    if (this.#ended.some((ended) => ended.kind === 'ended' && !ended.end.started)) this.#reap();
  }

  async #watch(name: string, end: Promise<ProgramEnd>): Promise<void> {
    try {
      this.#ended.push({ kind: 'ended', name, end: await end });
    } catch (error) {
      // Told when it is reaped.
      this.#ended.push({ kind: 'failed', error });
    }
  }

  /** Waits for all; the status. */
  async finish(): Promise<number> {
    await this.settle();
    this.#reap();
    return this.#status;
  }

  /** Waits for all, whatever comes of them. */
  async settle(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** The status of an end before the input's: what still runs may change it, as in GNU. */
  async finishEarly(status: number): Promise<number> {
    const before = this.#status;
    const after = await this.finish();
    return after === before ? status : after;
  }

  /** Throws XargsEnd, or what made a program fail that was not the program's doing. */
  #reap(): void {
    for (const ended of this.#ended.splice(0)) {
      if (ended.kind === 'failed') throw ended.error;
      const { name, end } = ended;
      if (!end.started) throw new XargsEnd(`${name}: ${describeReason(end)}`, end.status);
      if (end.signal !== undefined)
        throw new XargsEnd(`${name}: terminated by signal ${end.status - 128}`, 125);
      if (end.status === 255) throw new XargsEnd(`${name}: exited with status 255; aborting`, 124);
      if (end.status !== 0) this.#status = 123;
    }
  }
}

/** In the words of exec(3), which knows nothing of commands and directories. */
function describeReason({ status, reason }: Extract<ProgramEnd, { readonly started: false }>): string {
  if (status === 127) return 'No such file or directory';
  return reason === 'Is a directory' ? 'Permission denied' : reason;
}

type Ended =
  | { readonly kind: 'ended'; readonly name: string; readonly end: ProgramEnd }
  | { readonly kind: 'failed'; readonly error: unknown };
