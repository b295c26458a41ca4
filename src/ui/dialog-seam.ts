import type { Dialogs } from './dialogs.js';

/** The window's dialogs, or for a while the answers of a test. */
export class DialogSeam implements Dialogs {
  readonly #window: Dialogs;
  #answers: Partial<Dialogs> = {};

  constructor(window: Dialogs) {
    this.#window = window;
  }

  /** What is not given goes to the window. */
  answerWith(answers: Partial<Dialogs>): void {
    this.#answers = answers;
  }

  readonly confirm: Dialogs['confirm'] = (...args) =>
    (this.#answers.confirm ?? this.#window.confirm)(...args);
  readonly ask: Dialogs['ask'] = (...args) => (this.#answers.ask ?? this.#window.ask)(...args);
  readonly choose: Dialogs['choose'] = (...args) => (this.#answers.choose ?? this.#window.choose)(...args);
  readonly input: Dialogs['input'] = (...args) => (this.#answers.input ?? this.#window.input)(...args);
  readonly save: Dialogs['save'] = (...args) => (this.#answers.save ?? this.#window.save)(...args);
  readonly pick: Dialogs['pick'] = (...args) => (this.#answers.pick ?? this.#window.pick)(...args);
}
