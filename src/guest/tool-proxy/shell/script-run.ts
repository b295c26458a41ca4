import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Decision } from '../../../policy/decision.js';
import type { Policy } from '../../../policy/policy.js';
import type { PipeEnds, PipePool } from '../../process/pipe-pool.js';
import type { CallProcesses } from '../../process/process-tree.js';

const TERM_GRACE_MS = 200;
const TURN_MS = 5;
const PROGRAM_STARTS = 10_000;

/** Why a script ends before its last command. */
export type Stop =
  | { readonly kind: 'denied'; readonly decision: Decision }
  | { readonly kind: 'limit'; readonly what: string }
  | { readonly kind: 'timeout'; readonly ms: number }
  | { readonly kind: 'cancelled' }
  /** Not the script's doing: the sandbox could not do its part. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** Thrown through the interpreter once the script has been stopped; the run says why. */
export class StoppedError extends Error {
  constructor() {
    super('the script was stopped');
    this.name = 'StoppedError';
  }
}

export interface RunParts {
  readonly policy: Policy;
  /** The workspace's real path. */
  readonly root: string;
  readonly processes: CallProcesses;
  readonly pipes: PipePool;
  /** Variables that every program gets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Bound on what one command substitution gives, bytes. */
  readonly outputBytes: number;
  /** The user has agreed to what the policy wants to be asked about. */
  readonly asked: boolean;
}

/** What all subshells of one running script share: its bounds, and whether it may go on. */
export class ScriptRun {
  readonly parts: RunParts;
  #stop: Stop | undefined;
  #starts = 0;
  #turnAt = performance.now();
  #killing: NodeJS.Timeout | undefined;

  constructor(parts: RunParts) {
    this.parts = parts;
  }

  get stopped(): Stop | undefined {
    return this.#stop;
  }

  /** By which signal the last program ended, if it was one. */
  lastSignal: string | null = null;

  /** Throws when the script has been stopped. */
  check(): void {
    if (this.#stop !== undefined) throw new StoppedError();
  }

  /** Ends the script: nothing more starts, and what runs is ended too. The first reason counts. */
  stop(stop: Stop): void {
    if (this.#stop !== undefined) return;
    this.#stop = stop;
    const { processes } = this.parts;
    if (stop.kind !== 'timeout') return void processes.end();
    processes.terminate();
    this.#killing = setTimeout(() => void processes.end(), TERM_GRACE_MS);
  }

  /** Stops the script and leaves the place where this was found out. */
  fail(stop: Stop): never {
    this.stop(stop);
    throw new StoppedError();
  }

  /** Counts a program that is about to start. */
  countStart(): void {
    this.check();
    this.#starts += 1;
    if (this.#starts > PROGRAM_STARTS)
      this.fail({ kind: 'limit', what: `more than ${PROGRAM_STARTS} programs were started` });
  }

  /** Lets time-outs and other calls have their turn, for a loop of builtins never waits for anything. */
  async pause(): Promise<void> {
    if (performance.now() - this.#turnAt > TURN_MS) {
      await nextTurn();
      this.#turnAt = performance.now();
    }
    this.check();
  }

  makePipe(): Promise<PipeEnds> {
    this.check();
    return this.parts.pipes.take(this.parts.processes);
  }

  dispose(): void {
    clearTimeout(this.#killing);
  }
}
