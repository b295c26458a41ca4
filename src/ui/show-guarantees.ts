import * as vscode from 'vscode';
import type { App } from './app.js';
import { describeGuarantees } from './guarantees-text.js';
import { sessionLabel } from './session-names.js';

/** Opens what the shown session's sandbox has proven, as a read-only preview. */
export async function showGuarantees(app: App): Promise<void> {
  const { current } = app.sessions;
  if (current === undefined) {
    await app.dialogs.choose('info', vscode.l10n.t('No agent has run in this window yet.'), []);
    return;
  }
  const { selfTests, isLive } = current;
  const text = describeGuarantees(sessionLabel(current), selfTests, isLive, (message, ...args) =>
    vscode.l10n.t(message, ...args),
  );
  await app.pages.show('Sandbox Guarantees', text);
}
