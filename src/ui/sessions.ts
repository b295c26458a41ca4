import { Emitter } from '../base/emitter.js';
import type { RunningSession } from '../session/api.js';
import { WindowSession } from './window-session.js';

/** Sessions whose sandbox is there at the same time. */
export const MAX_LIVE = 6;
/** Sessions whose transcript can still be looked at. */
const MAX_LISTED = 12;

/** The agent sessions of this window, by number: live ones and the last that have ended. */
export class Sessions {
  readonly #changed = new Emitter<void>();
  #list: readonly WindowSession[] = [];
  #current: WindowSession | undefined;
  #reserved = 0;

  list(): readonly WindowSession[] {
    return this.#list;
  }

  live(): readonly WindowSession[] {
    return this.#list.filter(({ isLive }) => isLive);
  }

  /** Those whose sandbox waits for a next prompt. */
  idle(): readonly WindowSession[] {
    return this.#list.filter(({ state }) => state.kind === 'idle');
  }

  find(id: unknown): WindowSession | undefined {
    return this.#list.find((entry) => entry.id === id);
  }

  /** The one that the session view shows. */
  get current(): WindowSession | undefined {
    return this.#current;
  }

  /** Told when a session comes or goes, another one is shown, or one changes. */
  onDidChange(listener: () => void): () => void {
    return this.#changed.on(listener);
  }

  /** Takes a place for a session, before anything of it is awaited; false when all are taken. */
  reserve(): boolean {
    if (this.live().length + this.#reserved >= MAX_LIVE) return false;
    this.#reserved += 1;
    return true;
  }

  /** Gives the place back: the session has been added, or never started. */
  release(): void {
    this.#reserved -= 1;
  }

  /** Follows a session from now on, and shows it. */
  add(session: RunningSession, prompt: string): WindowSession {
    const entry = new WindowSession(session, this.#freeNumber(), prompt);
    this.#list = this.#withoutOldest([...this.#list, entry]);
    entry.onDidChange(() => this.#changed.emit());
    this.select(entry);
    return entry;
  }

  select(entry: WindowSession): void {
    this.#current = entry;
    this.#changed.emit();
  }

  acknowledgeFailures(): void {
    for (const entry of this.#list) entry.acknowledgeFailure();
  }

  #freeNumber(): number {
    const taken = new Set(this.live().map(({ number }) => number));
    let number = 1;
    while (taken.has(number)) number += 1;
    return number;
  }

  /** What has ended makes room: the same number first, then the oldest. */
  #withoutOldest(list: readonly WindowSession[]): readonly WindowSession[] {
    const newest = list.at(-1);
    const distinct = list.filter(
      (entry) => entry === newest || entry.isLive || entry.number !== newest?.number,
    );
    const oldest = distinct.find((entry) => !entry.isLive && entry !== newest);
    return distinct.length > MAX_LISTED ? distinct.filter((entry) => entry !== oldest) : distinct;
  }
}
