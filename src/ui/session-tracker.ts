import { Emitter } from '../base/emitter.js';
import { describeError } from '../base/errors.js';
import type { RunningSession } from '../session/api.js';
import type { SessionOutcome } from '../session/events.js';
import { type SessionState, stateOfPhase } from './session-state.js';
import type { SessionSpend } from './spend-text.js';
import { Transcript } from './transcript.js';

/** Follows the window's one run: its state for the status bar, its transcript for the session view. */
export class SessionTracker {
  readonly transcript = new Transcript();
  readonly #changed = new Emitter<void>();
  #session: RunningSession | undefined;
  #reserved = false;
  #state: SessionState = { kind: 'none' };
  #spend: SessionSpend | undefined;

  get session(): RunningSession | undefined {
    return this.#session;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** What the current or the last run has spent. */
  get spend(): SessionSpend | undefined {
    return this.#spend;
  }

  /** Takes the window's one place for a run, before anything of it is awaited; false when it is taken. */
  reserve(): boolean {
    if (this.#reserved) return false;
    this.#reserved = true;
    return true;
  }

  /** Gives the place back: the run never started. */
  release(): void {
    this.#reserved = false;
  }

  onDidChange(listener: () => void): () => void {
    return this.#changed.on(listener);
  }

  /** Follows a session until it has ended; resolves with its outcome. */
  async follow(session: RunningSession, prompt: string): Promise<SessionOutcome> {
    this.#session = session;
    this.#reserved = true;
    this.#spend = undefined;
    this.transcript.clear();
    this.transcript.addPrompt(prompt);
    this.#enter({ kind: 'starting', phase: 'engine', startedAt: session.startedAt });
    const unsubscribe = session.onEvent((event) => {
      this.transcript.apply(event);
      if (event.type === 'spend') this.#spend = event;
      if (event.type === 'phase') this.#enter(stateOfPhase(event.phase, session.startedAt));
      else this.#changed.emit();
    });
    const outcome = await session.done;
    unsubscribe();
    this.#session = undefined;
    this.#reserved = false;
    this.#enter(outcome.kind === 'failed' ? this.#fail(outcome.error) : { kind: 'none' });
    return outcome;
  }

  /** The user has seen the failure: the status bar need not say it any more. */
  acknowledgeFailure(): void {
    if (this.#state.kind === 'none') this.#enter({ kind: 'none' });
  }

  /** The session view says it too: a notification is soon gone. */
  #fail(error: Error): SessionState {
    const failure = describeError(error);
    this.transcript.apply({ type: 'notice', level: 'warning', text: failure });
    return { kind: 'none', failure };
  }

  #enter(state: SessionState): void {
    this.#state = state;
    this.#changed.emit();
  }
}
