import type { App } from './app.js';
import type { CommandState } from './commands-model.js';

export function commandState(app: App): CommandState {
  const { files, marked, partly } = app.store.summary();
  return {
    live: app.sessions.live().length,
    idle: app.sessions.idle().length,
    listed: app.sessions.list().length,
    pending: files,
    marked: marked + partly,
    questions: app.questions.count,
  };
}
