import { Emitter } from '../base/emitter.js';
import type { AskAnswer, AskQuestion } from '../session/api.js';

/** A question that somebody may still answer. */
export interface WaitingQuestion {
  readonly question: AskQuestion;
  /** Ends when it is answered, or too late to be. */
  readonly closed: AbortSignal;
  /** False when it was too late. */
  answer(answer: AskAnswer): boolean;
}

/** The questions of the window's agent, oldest first. However one is shown, it is answered here, once. */
export class Questions {
  readonly #changed = new Emitter<void>();
  readonly #waiting = new Set<WaitingQuestion>();

  get count(): number {
    return this.#waiting.size;
  }

  oldest(): WaitingQuestion | undefined {
    return this.#waiting.values().next().value;
  }

  /** The one that a notification was about, as long as it waits. */
  find(candidate: unknown): WaitingQuestion | undefined {
    return [...this.#waiting].find((waiting) => waiting === candidate);
  }

  onDidChange(listener: () => void): () => void {
    return this.#changed.on(listener);
  }

  /** Waits for an answer. When `signal` ends first, it is a denial. */
  ask(
    question: AskQuestion,
    signal: AbortSignal,
    announce: (waiting: WaitingQuestion) => void,
  ): Promise<AskAnswer> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve({ kind: 'deny' });
        return;
      }
      const closing = new AbortController();
      const answer = (given: AskAnswer): boolean => {
        if (closing.signal.aborted) return false;
        signal.removeEventListener('abort', expire);
        this.#waiting.delete(waiting);
        closing.abort();
        resolve(given);
        this.#changed.emit();
        return true;
      };
      const expire = () => void answer({ kind: 'deny' });
      const waiting: WaitingQuestion = { question, closed: closing.signal, answer };
      signal.addEventListener('abort', expire, { once: true });
      this.#waiting.add(waiting);
      this.#changed.emit();
      announce(waiting);
    });
  }
}
