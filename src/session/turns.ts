import { AirlockError, errors } from '../base/errors.js';
import { whenAborted } from './aborted.js';
import type { AgentSeat } from './agent-seat.js';
import type { CaptureQueue } from './capture-queue.js';
import { PromptInbox } from './prompt-inbox.js';
import type { SessionReport } from './session-report.js';
import type { SilenceWatch } from './silence-watch.js';
import type { TurnClock } from './turn-clock.js';

export interface TurnParts {
  readonly agent: Pick<AgentSeat, 'prompt' | 'recover'>;
  readonly captures: Pick<CaptureQueue, 'request'>;
  readonly silence: SilenceWatch;
  readonly clock: TurnClock;
  /** Rejects when the agent, its sandbox or the audit log fails; never resolves. */
  readonly failure: Promise<never>;
  /** Rejects when the agent did not do in the turn what it must. */
  readonly checkTurn: () => Promise<void>;
  readonly report: SessionReport;
  /** The session's end. */
  readonly signal: AbortSignal;
}

/** Stop reason of a turn in whose middle the agent ended, and was started again. */
export const AGENT_ENDED = 'agent_ended';

/** The turns of one session, one after the other in the same sandbox. */
export class Turns {
  readonly #inbox = new PromptInbox();
  readonly #keepMs: number;
  #cancelled: AbortController | undefined;

  /** `keepMs` is how long a next prompt is waited for; 0 after the first turn ends the session. */
  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  /** Throws `session-busy` unless the session is idle. */
  prompt(text: string): void {
    this.#inbox.submit(text);
  }

  /** Ends the running turn; false when none runs, or when the session ends with it. */
  cancel(): boolean {
    if (this.#keepMs === 0 || this.#cancelled === undefined) return false;
    this.#cancelled.abort();
    return true;
  }

  /** Runs the first prompt and all that follow. Resolves with the last turn's stop reason. */
  async run(first: string, parts: TurnParts): Promise<string> {
    let stopReason = 'end_turn';
    let prompt: string | undefined = first;
    for (let turn = 1; prompt !== undefined; turn += 1) {
      stopReason = await this.#turn(turn, prompt, parts);
      prompt = await this.#next(parts);
    }
    return stopReason;
  }

  async #turn(turn: number, text: string, parts: TurnParts): Promise<string> {
    const { report, clock, signal } = parts;
    const startedAt = Date.now();
    clock.start();
    report.phase('running');
    report.emit({ type: 'prompt', text });
    const stopReason = await this.#prompt(text, parts);
    if (stopReason !== 'cancelled' && stopReason !== AGENT_ENDED) await parts.checkTurn();
    report.phase('collecting');
    await Promise.race([parts.captures.request(), parts.failure, whenAborted(signal)]);
    clock.stop();
    report.record({ kind: 'turn', turn, stopReason, ms: Date.now() - startedAt });
    report.emit({ type: 'turn', turn, stopReason });
    return stopReason;
  }

  async #prompt(text: string, { agent, silence, failure, report, signal }: TurnParts): Promise<string> {
    const cancelled = new AbortController();
    this.#cancelled = cancelled;
    try {
      const turn = agent.prompt(text, AbortSignal.any([signal, cancelled.signal]));
      const { stopReason } = await silence.over(Promise.race([turn, failure]));
      const isOurs = cancelled.signal.aborted && !signal.aborted;
      if (stopReason === 'cancelled' && !isOurs) throw errors.cancelled();
      return stopReason;
    } catch (error) {
      const isDeaf = error instanceof AirlockError && error.code === 'cancelled' && cancelled.signal.aborted;
      if (isDeaf && !signal.aborted)
        report.notice('warning', 'The agent did not stop within a second; its sandbox is removed.');
      return await this.#recover(error, { agent, failure, signal });
    } finally {
      this.#cancelled = undefined;
    }
  }

  /** An agent that ended in the middle of its turn is there again for the next, if there is to be one. */
  async #recover(
    error: unknown,
    { agent, failure, signal }: Pick<TurnParts, 'agent' | 'failure' | 'signal'>,
  ): Promise<string> {
    const isLost = error instanceof AirlockError && error.code === 'agent-failed';
    if (!isLost || this.#keepMs === 0 || signal.aborted) throw error;
    try {
      await Promise.race([agent.recover(), failure, whenAborted(signal)]);
    } catch {
      // A consequence: what was first is what is told.
      throw error;
    }
    return AGENT_ENDED;
  }

  async #next({ failure, report, signal }: TurnParts): Promise<string | undefined> {
    if (this.#keepMs === 0) return undefined;
    const over = new AbortController();
    try {
      const next = this.#inbox.next(this.#keepMs, AbortSignal.any([signal, over.signal]));
      // After the inbox is open: whoever hears of it may send the next prompt at once.
      report.phase('idle');
      return await Promise.race([next, failure]);
    } finally {
      over.abort();
    }
  }
}
