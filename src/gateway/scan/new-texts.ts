import { sha256 } from '../../base/hash.js';

/** No secret is shorter. */
const MIN_CHARS = 12;
const MAX_KNOWN = 100_000;

/** Picks out of a session's requests what was not in an earlier one: each repeats the whole conversation. */
export class NewTexts {
  readonly #known = new Set<string>();

  take(json: unknown): string[] {
    const found: string[] = [];
    const waiting: unknown[] = [json];
    while (waiting.length > 0) {
      const next = waiting.pop();
      if (typeof next === 'string') {
        if (next.length >= MIN_CHARS && this.#isNew(next)) found.push(next);
      } else if (typeof next === 'object' && next !== null) {
        for (const value of Object.values(next)) waiting.push(value);
      }
    }
    return found;
  }

  #isNew(text: string): boolean {
    const hash = sha256(text);
    if (this.#known.has(hash)) return false;
    // Full: everything counts as new from here on, which costs time and misses nothing.
    if (this.#known.size < MAX_KNOWN) this.#known.add(hash);
    return true;
  }
}
