import type { SessionEvent } from './events.js';

/** Events kept for a listener that comes late; beyond it the oldest go. */
const MAX_KEPT = 5_000;

/** Tells every listener every event in order; a late one first gets what was kept. */
export class ReplayEmitter {
  readonly #listeners = new Set<(event: SessionEvent) => void>();
  readonly #kept: SessionEvent[] = [];

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
    const last = this.#kept.at(-1);
    if (event.type === 'text' && last?.type === 'text' && last.text.length < 64 * 1024) {
      this.#kept[this.#kept.length - 1] = { type: 'text', text: last.text + event.text };
      return;
    }
    this.#kept.push(event);
    if (this.#kept.length > MAX_KEPT) this.#kept.shift();
  }
}
