import { Emitter } from '../base/emitter.js';
import { describeError } from '../base/errors.js';
import type { RunningSession } from '../session/api.js';
import type { SessionEvent, SessionOutcome } from '../session/events.js';
import type { SelfTest } from '../session/guarantees/evaluate.js';
import { type SessionState, stateOfPhase } from './session-state.js';
import type { SessionSpend } from './spend-text.js';
import { Transcript } from './transcript.js';

type PhaseEvent = Extract<SessionEvent, { type: 'phase' }>;

export type TurnOutcome =
  | { readonly kind: 'finished' | 'stopped' }
  | { readonly kind: 'failed'; readonly error: Error };

function toOutcome({ stopReason, error }: Extract<SessionEvent, { type: 'turn' }>): TurnOutcome {
  if (error !== undefined) return { kind: 'failed', error };
  return { kind: stopReason === 'cancelled' || stopReason === 'agent_ended' ? 'stopped' : 'finished' };
}

/** One agent session of this window: its state for the status bar, its transcript for the session view. */
export class WindowSession {
  readonly id: string;
  /** What it is called in this window, from 1. */
  readonly number: number;
  /** The first prompt. */
  readonly title: string;
  readonly session: RunningSession;
  readonly transcript = new Transcript();
  /** Settles when its sandbox is gone. */
  readonly ended: Promise<SessionOutcome>;
  readonly #changed = new Emitter<void>();
  readonly #turnEnded = new Emitter<TurnOutcome>();
  #state: SessionState;
  #phase: PhaseEvent | undefined;
  #spend: SessionSpend | undefined;
  #context: number | undefined;
  #selfTests: readonly SelfTest[] = [];

  constructor(session: RunningSession, number: number, title: string) {
    this.id = session.id;
    this.number = number;
    this.title = title;
    this.session = session;
    this.#state = { kind: 'starting', phase: 'engine', startedAt: session.startedAt };
    this.ended = this.#follow();
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The last step that it told of. */
  get phase(): PhaseEvent | undefined {
    return this.#phase;
  }

  /** What it has spent so far. */
  get spend(): SessionSpend | undefined {
    return this.#spend;
  }

  /** What the users of its container found of their sandbox, so far. */
  get selfTests(): readonly SelfTest[] {
    return this.#selfTests;
  }

  /** How full the model's context is, 0 to 1, when the agent says so. */
  get context(): number | undefined {
    return this.#context;
  }

  /** Its sandbox is there, or being made or removed. */
  get isLive(): boolean {
    return this.#state.kind !== 'none';
  }

  onDidChange(listener: () => void): () => void {
    return this.#changed.on(listener);
  }

  /** Told how a turn ended after which the sandbox is kept. */
  onDidEndTurn(listener: (outcome: TurnOutcome) => void): () => void {
    return this.#turnEnded.on(listener);
  }

  /** The user has seen the failure: the status bar need not say it any more. */
  acknowledgeFailure(): void {
    if (this.#state.kind === 'none') this.#enter({ kind: 'none' });
  }

  async #follow(): Promise<SessionOutcome> {
    let outcome: TurnOutcome = { kind: 'finished' };
    const unsubscribe = this.session.onEvent((event) => {
      this.transcript.apply(event);
      this.#note(event);
      if (event.type === 'turn') outcome = toOutcome(event);
      if (event.type !== 'phase') {
        this.#changed.emit();
        return;
      }
      this.#phase = event;
      this.#enter(stateOfPhase(event.phase, this.session.startedAt + event.atMs));
      if (event.phase === 'idle') this.#turnEnded.emit(outcome);
    });
    const end = await this.session.done;
    unsubscribe();
    this.#enter(end.kind === 'failed' ? this.#fail(end.error) : { kind: 'none' });
    return end;
  }

  #note(event: SessionEvent): void {
    if (event.type === 'self-test') this.#selfTests = [...this.#selfTests, event];
    if (event.type === 'spend') this.#spend = event;
    if (event.type === 'usage')
      this.#context = event.size === undefined ? undefined : Math.min(1, event.used / event.size);
  }

  /** The session view says it too: a notification is soon gone. */
  #fail(error: Error): SessionState {
    const failure = describeError(error);
    this.transcript.apply({ type: 'notice', level: 'warning', text: failure });
    return { kind: 'none', failure };
  }

  #enter(next: SessionState): void {
    // A turn's time goes on while it collects what it changed.
    const goesOn = next.kind === 'running' && this.#state.kind === 'running';
    this.#state = goesOn ? this.#state : next;
    this.#changed.emit();
  }
}
