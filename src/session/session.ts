import { DisposableScope } from '../base/disposables.js';
import { AirlockError, describeError, errors } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import { describeFeedback } from '../workspace/review/feedback-text.js';
import { whenAborted } from './aborted.js';
import { type AgentSandbox, openAgentSandbox } from './agent-sandbox.js';
import type { Review, RunningSession } from './api.js';
import { LAST_CAPTURE_MS } from './capture-queue.js';
import type { SessionEvent, SessionOutcome } from './events.js';
import type { SessionParts } from './session-parts.js';
import { toEndRecord } from './session-records.js';
import { SessionReport } from './session-report.js';
import { SilenceWatch } from './silence-watch.js';
import { nameCause } from './start-sandbox.js';
import { TurnClock } from './turn-clock.js';
import { Turns } from './turns.js';

/** An agent in a sandbox of its own, from the request to the removed container. */
export class Session implements RunningSession {
  readonly id: string;
  readonly startedAt = Date.now();
  readonly review: Review;
  readonly done: Promise<SessionOutcome>;
  readonly #parts: SessionParts;
  readonly #report: SessionReport;
  readonly #turns: Turns;
  readonly #clock: TurnClock;
  readonly #stop = new AbortController();
  readonly #scope = new DisposableScope();

  constructor(parts: SessionParts) {
    const { limits } = parts.request;
    this.id = parts.id;
    this.review = parts.review;
    this.#parts = parts;
    this.#report = new SessionReport(this.startedAt, parts.audit);
    this.#turns = new Turns(limits.keepSeconds * 1000);
    this.#clock = new TurnClock(limits.sessionSeconds * 1000);
    this.done = this.#run();
  }

  onEvent(listener: (event: SessionEvent) => void): () => void {
    return this.#report.onEvent(listener);
  }

  prompt(text: string): void {
    const told = describeFeedback(this.review.feedback());
    const remarks = told.ids.length;
    this.#turns.prompt({ text, ...(remarks === 0 ? {} : { preface: { text: told.text, remarks } }) });
    if (remarks === 0) return;
    this.review.dropFeedback(told.ids).catch((error: unknown) => {
      this.#logger.warn(`the agent will be told of the review once more: ${describeError(error)}`);
    });
  }

  cancelTurn(): void {
    if (!this.#turns.cancel()) this.#stop.abort();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.done;
  }

  async #run(): Promise<SessionOutcome> {
    const outcome = await this.#attempt();
    this.#clock.stop();
    this.#report.phase('stopping');
    try {
      await this.#scope.dispose();
    } catch (error) {
      this.#logger.error('the sandbox was not removed completely; the next start removes the rest', error);
      this.#report.notice(
        'warning',
        'The sandbox was not removed completely; the next start of Airlock removes the rest.',
      );
    }
    const { audit } = this.#parts;
    audit.append(toEndRecord(outcome, Date.now() - this.startedAt));
    await audit.close().catch((error) => this.#logger.error('the audit log cannot be closed', error));
    this.#report.phase('done');
    return outcome;
  }

  async #attempt(): Promise<SessionOutcome> {
    this.#clock.start();
    try {
      return { kind: 'completed', stopReason: await this.#work() };
    } catch (error) {
      if (this.#stop.signal.aborted) return { kind: 'cancelled' };
      const named = this.#nameTimeout(error);
      if (named instanceof AirlockError && named.code === 'cancelled') return { kind: 'cancelled' };
      this.#logger.error('the session failed', named);
      return { kind: 'failed', error: named instanceof Error ? named : new Error(describeError(named)) };
    }
  }

  #nameTimeout(error: unknown): unknown {
    if (!this.#clock.overdue.aborted) return error;
    return errors.agentFailed(
      `it did not finish within ${this.#parts.request.limits.sessionSeconds} s`,
      error,
    );
  }

  async #work(): Promise<string> {
    const { request } = this.#parts;
    const signal = AbortSignal.any([this.#stop.signal, this.#clock.overdue]);
    const silence = new SilenceWatch(request.limits.silenceSeconds * 1000);
    const opened = await openAgentSandbox({
      parts: this.#parts,
      report: this.#report,
      silence,
      scope: this.#scope,
      signal,
      stopped: this.#stop.signal,
    });
    this.#report.phase('agent');
    try {
      return await this.#converse(opened, silence, signal);
    } catch (error) {
      await this.#captureLast(opened);
      throw await nameCause(error, opened.container);
    }
  }

  async #converse(opened: AgentSandbox, silence: SilenceWatch, signal: AbortSignal): Promise<string> {
    const { agent, tested, failure } = opened;
    await Promise.race([Promise.all([agent.ready(), tested]), failure, whenAborted(signal)]);
    this.#report.phase('ready');
    const parts = { ...opened, silence, clock: this.#clock, report: this.#report, signal };
    return this.#turns.run(this.#parts.request.prompt, parts);
  }

  /** After a failure: whatever can still be had is kept for review. */
  async #captureLast({ captures, commits, full }: AgentSandbox): Promise<void> {
    // A contained agent would go on filling the disk; what it had done before was captured after each of its calls.
    if (full.aborted && this.#parts.request.mode === 'contained') return;
    try {
      const captured = Promise.all([captures.request(), commits.request()]);
      await Promise.race([captured, whenAborted(AbortSignal.timeout(LAST_CAPTURE_MS))]);
    } catch (error) {
      this.#logger.warn(`the last changes could not be captured: ${describeError(error)}`);
    }
  }

  get #logger(): Logger {
    return this.#parts.options.logger;
  }
}
