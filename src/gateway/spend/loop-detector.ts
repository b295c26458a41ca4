import { sha256 } from '../../base/hash.js';

const REPEATS = 5;
const LONGEST_CYCLE = 3;
const KEPT = REPEATS * LONGEST_CYCLE;
/** Of a message's history, that much decides whether it is the same step again. */
const TAIL = 2;

/**
 * Notices an agent that goes round in circles: the same request over and over, or the same one, two or three steps
 * (the last messages without their ids) in turn, five times. A request that failed and is tried again is none.
 */
export class LoopDetector {
  #steps: string[] = [];
  #failed = new Set<string>();

  /** Tells of a request about to go out; true when it closes the circle for the fifth time. */
  see(json: unknown): boolean {
    const whole = sha256(JSON.stringify(json));
    if (this.#failed.delete(whole)) return false;
    this.#steps = [...this.#steps, stepOf(json)].slice(-KEPT);
    return [1, 2, LONGEST_CYCLE].some((length) => this.#turns(length));
  }

  /** The request's answer was an error, or none: the client's trying again is no circle. */
  fail(json: unknown): void {
    this.#failed.add(sha256(JSON.stringify(json)));
    this.#steps = this.#steps.slice(0, -1);
  }

  /** The user has said to go on. */
  reset(): void {
    this.#steps = [];
  }

  #turns(length: number): boolean {
    const needed = length * REPEATS;
    if (this.#steps.length < needed) return false;
    const last = this.#steps.slice(-needed);
    return last.every((step, index) => step === last[index % length]);
  }
}

function stepOf(json: unknown): string {
  const { messages, input, contents } = isRecord(json) ? json : {};
  const history = [messages, input, contents].find(Array.isArray);
  const tail = history === undefined ? json : history.slice(-TAIL);
  return sha256(
    JSON.stringify(tail, (key, value: unknown) => (/(?:^|_|I)[iI]?[dD]$/.test(key) ? undefined : value)) ??
      '',
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
