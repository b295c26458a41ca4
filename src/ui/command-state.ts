import type { App } from './app.js';
import type { CommandState } from './commands-model.js';

export function commandState(app: App): CommandState {
  return {
    live: app.sessions.live().length,
    idle: app.sessions.idle().length,
    listed: app.sessions.list().length,
    pending: app.store.pending().count,
    questions: app.questions.count,
  };
}
