import * as vscode from 'vscode';
import type { App } from './app.js';
import { listRows } from './rows.js';
import { nameAgent } from './session-names.js';
import { showFailure } from './show-failure.js';
import type { TurnOutcome, WindowSession } from './window-session.js';

/** The one notification at a turn's end. Not awaited: it may stay open for as long as the user likes. */
export function announceOutcome(app: App, entry: WindowSession, outcome: TurnOutcome): void {
  const { t } = vscode.l10n;
  app.logger.info(`session ${entry.id}: the turn ${outcome.kind}`);
  const count = listRows(entry.session.review).length;
  if (outcome.kind === 'failed') showFailure(app, outcome.error);
  const who = nameAgent(app.sessions, entry.id, t);
  if (count > 0) {
    offerReview(app, who, count, outcome);
    return;
  }
  if (outcome.kind === 'failed') return;
  const message =
    outcome.kind === 'stopped'
      ? t('{0} stopped. It left no changes.', who)
      : t('{0} finished without changes.', who);
  inBackground(app, app.dialogs.choose('info', message, []));
}

function offerReview(app: App, who: string, count: number, outcome: TurnOutcome): void {
  const { t } = vscode.l10n;
  const review = t('Review');
  const waiting = count === 1 ? t('1 change waits') : t('{0} changes wait', count);
  const message =
    outcome.kind === 'finished'
      ? t('{0} finished: {1} for your review.', who, waiting)
      : t('{0} stopped: {1} for your review.', who, waiting);
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
