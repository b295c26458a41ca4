import * as vscode from 'vscode';
import type { RunningSession } from '../session/api.js';
import type { SessionOutcome } from '../session/events.js';
import type { App } from './app.js';
import { listRows } from './rows.js';
import { showFailure } from './show-failure.js';

/** The one notification at a run's end. Not awaited: it may stay open for as long as the user likes. */
export function announceOutcome(app: App, session: RunningSession, outcome: SessionOutcome): void {
  app.logger.info(`session ${session.id} ended: ${outcome.kind}`);
  const count = listRows(session.review).length;
  if (outcome.kind === 'failed') showFailure(app, outcome.error);
  if (count > 0) {
    offerReview(app, count, outcome);
    return;
  }
  if (outcome.kind === 'failed') return;
  const message =
    outcome.kind === 'cancelled'
      ? vscode.l10n.t('Agent stopped. It left no changes.')
      : vscode.l10n.t('Agent finished without changes.');
  inBackground(app, app.dialogs.choose('info', message, []));
}

function offerReview(app: App, count: number, outcome: SessionOutcome): void {
  const review = vscode.l10n.t('Review');
  const waiting = count === 1 ? vscode.l10n.t('1 change waits') : vscode.l10n.t('{0} changes wait', count);
  const message =
    outcome.kind === 'completed'
      ? vscode.l10n.t('Agent finished: {0} for your review.', waiting)
      : vscode.l10n.t('Agent stopped: {0} for your review.', waiting);
  inBackground(
    app,
    app.dialogs.choose('info', message, [review]).then(async (chosen) => {
      if (chosen === review) await vscode.commands.executeCommand('airlock.review');
    }),
  );
}

function inBackground(app: App, work: Promise<unknown>): void {
  work.catch((error: unknown) => app.logger.error('a notification failed', error));
}
