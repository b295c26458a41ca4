import type { App } from './app.js';
import type { Need } from './commands-model.js';

export interface CommandSpec {
  readonly id: string;
  /** When it is not met, the command says why and does nothing. */
  readonly needs: Need;
  /** From a tree with several nodes selected, `selected` are these. */
  readonly run: (app: App, argument: unknown, selected: unknown) => Promise<void>;
}
