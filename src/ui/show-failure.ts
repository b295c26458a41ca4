import * as vscode from 'vscode';
import { describeError } from '../base/errors.js';
import { toVisibleLine } from '../base/visible-text.js';
import type { App } from './app.js';
import { actionsFor, codeOf, type FailureAction } from './failure-actions.js';

/** Logs an error with its causes and shows it once, with what would help next. */
export function showFailure(app: App, error: unknown): void {
  app.logger.error(describeError(error), error instanceof Error ? error.cause : undefined);
  if (codeOf(error) === 'cancelled') return;
  const actions = actionsFor(codeOf(error), describeError(error));
  const labels = new Map(actions.map((action) => [labelOf(action), action]));
  // Not awaited: a notification may stay open for as long as the user likes.
  void app.dialogs
    .choose('error', toVisibleLine(describeError(error), 1000), [...labels.keys()])
    .then((chosen) => act(labels.get(chosen ?? '')))
    .catch((failure: unknown) => app.logger.error('a follow-up of an error failed', failure));
}

function labelOf(action: FailureAction): string {
  switch (action) {
    case 'show-log':
      return vscode.l10n.t('Show Log');
    case 'set-key':
      return vscode.l10n.t('Set API Key');
    case 'open-settings':
      return vscode.l10n.t('Open Settings');
    case 'run-again':
      return vscode.l10n.t('Try Again');
    case 'run-doctor':
      return vscode.l10n.t('Run Doctor');
  }
}

async function act(action: FailureAction | undefined): Promise<void> {
  switch (action) {
    case undefined:
      return;
    case 'show-log':
      await vscode.commands.executeCommand('airlock.showLog');
      return;
    case 'set-key':
      await vscode.commands.executeCommand('airlock.setApiKey');
      return;
    case 'open-settings':
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:airlock.airlock');
      return;
    case 'run-again':
      await vscode.commands.executeCommand('airlock.run');
      return;
    case 'run-doctor':
      await vscode.commands.executeCommand('airlock.doctor');
  }
}
