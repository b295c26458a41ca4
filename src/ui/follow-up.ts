import * as vscode from 'vscode';
import type { App } from './app.js';
import { askPrompt } from './ask-prompt.js';
import { chooseSession } from './choose-session.js';
import { showProgress } from './progress.js';

/** What the session view sends: the prompt was written there. */
export interface WrittenPrompt {
  readonly sessionId: string;
  readonly text: string;
}

/** Sends a next prompt to an agent that has finished its turn; its sandbox is as it left it. */
export async function followUp(app: App, argument: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const written = isWritten(argument) ? argument : undefined;
  const entry = await chooseSession(
    app,
    written?.sessionId,
    app.sessions.idle(),
    t('Send the prompt to which session?'),
  );
  if (entry === undefined || (written !== undefined && entry.id !== written.sessionId)) return;
  const text =
    written === undefined
      ? await askPrompt(app.dialogs, {
          title: t('Send Follow-up Prompt'),
          prompt: t('The agent goes on in the same sandbox; every change waits for your approval.'),
          placeHolder: t('What should the agent do next?'),
        })
      : written.text.trim();
  if (!text) return;
  app.sessions.select(entry);
  entry.session.prompt(text);
  showProgress(app, entry);
}

function isWritten(argument: unknown): argument is WrittenPrompt {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'sessionId' in argument &&
    typeof argument.sessionId === 'string' &&
    'text' in argument &&
    typeof argument.text === 'string'
  );
}
