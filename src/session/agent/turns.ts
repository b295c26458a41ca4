import { AirlockError, errors } from '../../base/errors.js';
import type { CaptureQueue } from '../capture/capture-queue.js';
import { whenAborted } from '../life/aborted.js';
import type { SessionReport } from '../record/session-report.js';
import type { AgentSeat } from './agent-seat.js';
import { type Prompt, PromptInbox } from './prompt-inbox.js';
import type { SilenceWatch } from './silence-watch.js';
import type { TurnClock } from './turn-clock.js';

export interface TurnParts {
  readonly agent: Pick<AgentSeat, 'prompt' | 'recover' | 'isAlive'>;
  readonly captures: Pick<CaptureQueue, 'request'>;
  readonly commits: Pick<CaptureQueue, 'request'>;
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

interface TurnResult {
  /** As ACP has it, or `error` (the agent could not do it), or `agent_ended` (and was started again). */
  readonly stopReason: string;
  /** Whether the agent went through the whole turn. */
  readonly isWhole: boolean;
  readonly error?: AirlockError;
}

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
  prompt(prompt: Prompt): void {
    this.#inbox.submit(prompt);
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
    let prompt: Prompt | undefined = { text: first };
    for (let turn = 1; prompt !== undefined; turn += 1) {
      stopReason = await this.#turn(turn, prompt, parts);
      prompt = await this.#next(parts);
    }
    return stopReason;
  }

  async #turn(turn: number, { text, preface }: Prompt, parts: TurnParts): Promise<string> {
    const { report, clock, signal } = parts;
    const startedAt = Date.now();
    clock.start();
    report.phase('running');
    report.emit({ type: 'prompt', text, ...(preface === undefined ? {} : { remarks: preface.remarks }) });
    const end = await this.#prompt(preface === undefined ? text : `${preface.text}\n\n${text}`, parts);
    const { stopReason, error } = end;
    if (error !== undefined) report.notice('warning', error.message);
    if (end.isWhole) await parts.checkTurn();
    report.phase('collecting');
    const captured = Promise.all([parts.captures.request(), parts.commits.request()]);
    await Promise.race([captured, parts.failure, whenAborted(signal)]);
    clock.stop();
    report.record({ kind: 'turn', turn, stopReason, ms: Date.now() - startedAt });
    report.emit({ type: 'turn', turn, stopReason, ...(error === undefined ? {} : { error }) });
    return stopReason;
  }

  async #prompt(text: string, parts: TurnParts): Promise<TurnResult> {
    const { agent, silence, failure, report, signal } = parts;
    const cancelled = new AbortController();
    this.#cancelled = cancelled;
    try {
      const turn = agent.prompt(text, AbortSignal.any([signal, cancelled.signal])).then(
        ({ stopReason }): TurnResult => ({ stopReason, isWhole: stopReason !== 'cancelled' }),
        (error: unknown) => this.#recover(error, parts),
      );
      const end = await silence.over(Promise.race([turn, failure]));
      const isOurs = cancelled.signal.aborted && !signal.aborted;
      if (end.stopReason === 'cancelled' && !isOurs) throw errors.cancelled();
      return end;
    } catch (error) {
      const isDeaf = error instanceof AirlockError && error.code === 'cancelled' && cancelled.signal.aborted;
      if (isDeaf && !signal.aborted)
        report.notice('warning', 'The agent did not stop within a second; its sandbox is removed.');
      throw error;
    } finally {
      this.#cancelled = undefined;
    }
  }

  /** After a prompt that failed: if there is to be a next one, and an agent for it, only the turn is over. */
  async #recover(error: unknown, { agent, signal }: TurnParts): Promise<TurnResult> {
    const isItsOwn = error instanceof AirlockError && error.code === 'agent-failed';
    if (!isItsOwn || this.#keepMs === 0 || signal.aborted) throw error;
    if (agent.isAlive) return { stopReason: 'error', isWhole: false, error };
    try {
      await agent.recover();
    } catch {
      // A consequence: what was first is what is told.
      throw error;
    }
    return { stopReason: 'agent_ended', isWhole: false };
  }

  async #next({ failure, report, signal }: TurnParts): Promise<Prompt | undefined> {
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
