import { limits } from '../../protocol/limits.js';
import { malformed } from './model-error.js';

const MAX_TURN_CHARS = 2 * limits.jsonBytes;
const MAX_BLOCKS = 512;

/** Counts what one turn of the model accumulates; throws `ModelError` beyond what any honest turn holds. */
export class TurnBudget {
  #chars = 0;
  #blocks = 0;

  spend(text: string): void {
    this.#chars += text.length;
    if (this.#chars > MAX_TURN_CHARS) throw malformed(`one turn is longer than ${MAX_TURN_CHARS} characters`);
  }

  openBlock(): void {
    this.#blocks += 1;
    if (this.#blocks > MAX_BLOCKS) throw malformed(`one turn has more than ${MAX_BLOCKS} parts`);
  }
}

/** Text that grows by pieces. */
export class TextParts {
  readonly #parts: string[] = [];
  readonly #budget: TurnBudget;

  constructor(budget: TurnBudget) {
    this.#budget = budget;
  }

  push(text: string): void {
    this.#budget.spend(text);
    this.#parts.push(text);
  }

  get empty(): boolean {
    return this.#parts.length === 0;
  }

  join(): string {
    return this.#parts.join('');
  }
}
