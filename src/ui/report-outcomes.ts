import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { ApplyOutcome } from '../workspace/review/review-api.js';
import type { App } from './app.js';
import { describeOutcomes, logLine } from './outcome-text.js';

/** Tells once what became of several approvals: in the status bar when all went well, else in one warning. */
export function reportOutcomes(app: App, outcomes: readonly ApplyOutcome[]): void {
  for (const outcome of outcomes) if (outcome.kind !== 'applied') app.logger.warn(logLine(outcome));
  const { isDone, text } = describeOutcomes(outcomes, vscode.l10n.t);
  if (isDone) {
    vscode.window.setStatusBarMessage(text, 5000);
    return;
  }
  void app.dialogs
    .choose('warning', toVisibleLine(text, 1000), [])
    .catch((error: unknown) => app.logger.error('a warning could not be shown', error));
}
