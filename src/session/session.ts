import { createDeferred } from '../base/deferred.js';
import { DisposableScope } from '../base/disposables.js';
import { describeError } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import { describeFeedback } from '../workspace/review/feedback-text.js';
import { SilenceWatch } from './agent/silence-watch.js';
import { TurnClock } from './agent/turn-clock.js';
import { Turns } from './agent/turns.js';
import type { Review, RunningSession } from './api.js';
import { LAST_CAPTURE_MS } from './capture/capture-queue.js';
import type { SessionEvent, SessionOutcome } from './events.js';
import { whenAborted } from './life/aborted.js';
import { born, type Cause, type Effect, type LifeEvent, transition } from './life/life.js';
import { toOutcome } from './life/outcome.js';
import { toEndRecord } from './record/session-records.js';
import { SessionReport } from './record/session-report.js';
import { type AgentSandbox, openAgentSandbox } from './sandbox/agent-sandbox.js';
import { nameCause } from './sandbox/start-sandbox.js';
import type { SessionParts } from './session-parts.js';

const ALIVE_MS = 2 ** 30;

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
  /** The user's stop alone, and any end. */
  readonly #stopped = new AbortController();
  readonly #ended = new AbortController();
  readonly #over = createDeferred<SessionOutcome>();
  readonly #scope = new DisposableScope();
  #life = born;
  #opened: AgentSandbox | undefined;

  constructor(parts: SessionParts) {
    const { limits } = parts.request;
    this.id = parts.id;
    this.review = parts.review;
    this.#parts = parts;
    this.#report = new SessionReport(this.startedAt, parts.audit, (phase, detail) =>
      this.#dispatch({ type: 'reached', phase, detail }),
    );
    this.#turns = new Turns(limits.keepSeconds * 1000);
    this.#clock = new TurnClock(limits.sessionSeconds * 1000);
    this.done = this.#over.promise;
    this.#clock.overdue.addEventListener('abort', () => this.#dispatch({ type: 'overdue' }), { once: true });
    // Everything that a session waits for may be of the kind that keeps no process alive, when its engine has died.
    const alive = setInterval(() => undefined, ALIVE_MS);
    void this.done.then(() => clearInterval(alive));
    this.#clock.start();
    this.#work().then(
      (stopReason) => this.#dispatch({ type: 'settled', end: { kind: 'completed', stopReason } }),
      (error: unknown) => this.#dispatch({ type: 'settled', end: { kind: 'failed', error } }),
    );
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
    if (!this.#turns.cancel()) this.#dispatch({ type: 'stop' });
  }

  async stop(): Promise<void> {
    this.#dispatch({ type: 'stop' });
    await this.done;
  }

  #dispatch(event: LifeEvent): void {
    const { life, effects } = transition(this.#life, event);
    this.#life = life;
    for (const effect of effects) this.#perform(effect);
    if (life.kind === 'over') this.#over.resolve(this.#outcomeOf(life.cause));
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'tell':
        this.#report.tellPhase(effect.phase, effect.detail);
        break;
      case 'abort':
        this.#abort();
        break;
      case 'salvage':
        void this.#salvage().then((error) => this.#dispatch({ type: 'salvaged', error }));
        break;
      case 'remove':
        void this.#remove().then(() => this.#dispatch({ type: 'removed' }));
        break;
      case 'conclude':
        void this.#conclude(effect.cause).then(() => this.#dispatch({ type: 'concluded' }));
    }
  }

  #abort(): void {
    if (this.#life.kind === 'ending' && this.#life.cause.kind === 'stopped') this.#stopped.abort();
    this.#ended.abort();
  }

  async #work(): Promise<string> {
    const { request } = this.#parts;
    const { signal } = this.#ended;
    const silence = new SilenceWatch(request.limits.silenceSeconds * 1000);
    const opened = await openAgentSandbox({
      parts: this.#parts,
      report: this.#report,
      silence,
      scope: this.#scope,
      signal,
      stopped: this.#stopped.signal,
    });
    this.#opened = opened;
    this.#report.phase('agent');
    const { agent, tested, failure } = opened;
    await Promise.race([Promise.all([agent.ready(), tested]), failure, whenAborted(signal)]);
    this.#report.phase('ready');
    const parts = { ...opened, silence, clock: this.#clock, report: this.#report, signal };
    return this.#turns.run(request.prompt, parts);
  }

  /** Whatever can still be had is kept for review. Returns what a failure came from; never rejects. */
  async #salvage(): Promise<unknown> {
    const opened = this.#opened;
    if (opened === undefined) return undefined;
    await this.#captureLast(opened);
    const life = this.#life;
    if (life.kind !== 'salvaging' || life.cause.kind !== 'failed') return undefined;
    return nameCause(life.cause.error, opened.container);
  }

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

  async #remove(): Promise<void> {
    this.#clock.stop();
    try {
      await this.#scope.dispose();
    } catch (error) {
      this.#logger.error('the sandbox was not removed completely; the next start removes the rest', error);
      this.#report.notice(
        'warning',
        'The sandbox was not removed completely; the next start of Airlock removes the rest.',
      );
    }
  }

  async #conclude(cause: Cause): Promise<void> {
    const { audit } = this.#parts;
    const outcome = this.#outcomeOf(cause);
    if (outcome.kind === 'failed') this.#logger.error('the session failed', outcome.error);
    audit.append(toEndRecord(outcome, Date.now() - this.startedAt));
    await audit.close().catch((error) => this.#logger.error('the audit log cannot be closed', error));
  }

  #outcomeOf(cause: Cause): SessionOutcome {
    return toOutcome(cause, this.#parts.request.limits.sessionSeconds);
  }

  get #logger(): Logger {
    return this.#parts.options.logger;
  }
}
