import { type Clock, systemClock } from '../base/clock.js';
import type { AgentUpdate } from './updates.js';

const PER_SECOND = 100;
const BURST = 300;
const FLUSH_MS = 50;
const MAX_WAITING = 200;
const MAX_WAITING_CHARS = 256 * 1024;

/**
 * Lets updates through at a rate that a user interface can draw. Those beyond it wait a moment and are
 * merged: texts joined, of a tool, plan, usage or mode the newest kept. What does not fit is dropped, with
 * one notice.
 */
export class UpdateThrottle {
  readonly #deliver: (update: AgentUpdate) => void;
  readonly #clock: Clock;
  readonly #waiting: AgentUpdate[] = [];
  #waitingChars = 0;
  #tokens = BURST;
  #refilledAt: number;
  #timer: NodeJS.Timeout | undefined;
  #dropped = 0;

  constructor(deliver: (update: AgentUpdate) => void, clock: Clock = systemClock) {
    this.#deliver = deliver;
    this.#clock = clock;
    this.#refilledAt = clock();
  }

  get dropped(): number {
    return this.#dropped;
  }

  push(update: AgentUpdate): void {
    this.#refill();
    if (this.#waiting.length === 0 && this.#tokens >= 1) {
      this.#tokens -= 1;
      this.#deliver(update);
      return;
    }
    this.#keep(update);
    this.#timer ??= setTimeout(() => this.#drain(), FLUSH_MS);
  }

  /** Delivers what waits, whatever the rate: the turn is over. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const update of this.#waiting.splice(0)) this.#deliver(update);
    this.#waitingChars = 0;
  }

  #refill(): void {
    const now = this.#clock();
    this.#tokens = Math.min(BURST, this.#tokens + ((now - this.#refilledAt) / 1000) * PER_SECOND);
    this.#refilledAt = now;
  }

  #drain(): void {
    this.#timer = undefined;
    this.#refill();
    const count = Math.min(this.#waiting.length, Math.floor(this.#tokens));
    this.#tokens -= count;
    for (const update of this.#waiting.splice(0, count)) {
      if (update.type === 'text' || update.type === 'thought') this.#waitingChars -= update.text.length;
      this.#deliver(update);
    }
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#drain(), FLUSH_MS);
  }

  #keep(update: AgentUpdate): void {
    if (update.type === 'text' || update.type === 'thought') {
      this.#keepText(update);
      return;
    }
    const at = this.#waiting.findIndex((other) => replaces(update, other));
    if (at >= 0) this.#waiting[at] = update;
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(update);
    else this.#drop();
  }

  #keepText(update: Extract<AgentUpdate, { type: 'text' | 'thought' }>): void {
    const last = this.#waiting.at(-1);
    const joins = last?.type === update.type;
    if (
      this.#waitingChars + update.text.length > MAX_WAITING_CHARS ||
      (!joins && this.#waiting.length >= MAX_WAITING)
    ) {
      this.#drop();
      return;
    }
    this.#waitingChars += update.text.length;
    if (joins) this.#waiting[this.#waiting.length - 1] = { type: update.type, text: last.text + update.text };
    else this.#waiting.push(update);
  }

  #drop(): void {
    this.#dropped += 1;
    if (this.#dropped > 1) return;
    this.#deliver({
      type: 'notice',
      text: 'The agent reports faster than can be shown; some of it is left out.',
    });
  }
}

function replaces(update: AgentUpdate, other: AgentUpdate): boolean {
  if (update.type === 'tool') return other.type === 'tool' && other.id === update.id;
  return ['plan', 'usage', 'mode'].includes(update.type) && other.type === update.type;
}
