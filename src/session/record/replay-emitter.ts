import type { SessionEvent } from '../events.js';

/** Kept for a listener that comes late; beyond either the oldest go. */
const MAX_KEPT = 5_000;
const MAX_KEPT_CHARS = 8 * 1024 * 1024;

/** Tells every listener every event in order; a late one first gets what was kept. */
export class ReplayEmitter {
  readonly #listeners = new Set<(event: SessionEvent) => void>();
  readonly #kept: SessionEvent[] = [];
  #chars = 0;

  on(listener: (event: SessionEvent) => void): () => void {
    for (const event of this.#kept) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: SessionEvent): void {
    this.#keep(event);
    for (const listener of [...this.#listeners]) listener(event);
  }

  // Streamed text comes in many small pieces; kept as one, it does not push the rest out.
  #keep(event: SessionEvent): void {
    this.#chars += charsOf(event);
    const last = this.#kept.at(-1);
    if (event.type === 'text' && last?.type === 'text' && last.text.length < 64 * 1024) {
      this.#kept[this.#kept.length - 1] = { type: 'text', text: last.text + event.text };
    } else {
      this.#kept.push(event);
    }
    while (this.#kept.length > MAX_KEPT || (this.#chars > MAX_KEPT_CHARS && this.#kept.length > 1)) {
      const oldest = this.#kept.shift();
      if (oldest !== undefined) this.#chars -= charsOf(oldest);
    }
  }
}

function charsOf(event: SessionEvent): number {
  return 'text' in event ? event.text.length : 0;
}
