import type { Plan } from '../../policy/evaluate.js';
import type { AnswerRecord } from './question.js';

/** One prompt, and everybody who waits for its answer. It is withdrawn when it is too late or nobody waits. */
export class PendingQuestion {
  readonly plan: Plan;
  readonly settled: Promise<AnswerRecord>;
  readonly #closed = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #resolve: (answer: AnswerRecord) => void = () => undefined;
  #waiting = 0;

  constructor(plan: Plan, answerWithinMs: number, ask: (closed: AbortSignal) => Promise<AnswerRecord>) {
    this.plan = plan;
    this.settled = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#timer = setTimeout(() => this.settle({ answer: 'deny', by: 'timeout' }), answerWithinMs);
    void ask(this.#closed.signal).then((answer) => this.settle(answer));
  }

  /** The first answer counts; the prompt is withdrawn with it. */
  settle(answer: AnswerRecord): void {
    clearTimeout(this.#timer);
    this.#resolve(answer);
    this.#closed.abort();
  }

  /** Waits for the answer, or until the signal. */
  async join(signal: AbortSignal): Promise<AnswerRecord> {
    const cancelled: AnswerRecord = { answer: 'deny', by: 'cancelled' };
    this.#waiting += 1;
    const leave = () => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.settle(cancelled);
    };
    let onAbort = () => undefined;
    const aborted = new Promise<AnswerRecord>((resolve) => {
      onAbort = () => {
        leave();
        resolve(cancelled);
        return undefined;
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
    try {
      return await Promise.race([this.settled, aborted]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
