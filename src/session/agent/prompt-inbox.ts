import { type AwakeTimer, startAwakeTimer } from '../../base/awake-timer.js';
import { errors } from '../../base/errors.js';

/** What the user asks for, and what of the review the agent is told before it. */
export interface Prompt {
  readonly text: string;
  readonly preface?: { readonly text: string; readonly remarks: number };
}

/** The prompts that follow a session's first: each is taken only while the session waits for one. */
export class PromptInbox {
  #take: ((prompt: Prompt) => void) | undefined;

  /** Throws `sessionBusy` when the session does not wait for a prompt. */
  submit(prompt: Prompt): void {
    const take = this.#take;
    if (take === undefined) throw errors.sessionBusy();
    this.#take = undefined;
    take(prompt);
  }

  /** The next prompt; undefined when none came within `ms`, or `signal` was aborted before. */
  async next(ms: number, signal: AbortSignal): Promise<Prompt | undefined> {
    if (signal.aborted) return undefined;
    let timer: AwakeTimer | undefined;
    let giveUp: () => void = () => undefined;
    try {
      return await new Promise<Prompt | undefined>((resolve) => {
        this.#take = resolve;
        giveUp = () => resolve(undefined);
        timer = startAwakeTimer(ms, giveUp);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    } finally {
      timer?.stop();
      signal.removeEventListener('abort', giveUp);
      this.#take = undefined;
    }
  }
}
