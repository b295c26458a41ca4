import type { App } from './app.js';
import type { CommandState } from './commands-model.js';

export function commandState(app: App): CommandState {
  return {
    running: app.tracker.session !== undefined,
    pending: app.store.pending().count,
    questions: app.questions.count,
  };
}
