import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { RunningSession } from '../session/api.js';
import type { App } from './app.js';
import { phaseLabel } from './phases.js';

/** One notification from start to end that names each phase; its Cancel stops the session. */
export function showProgress(app: App, session: RunningSession): void {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: 'Airlock',
    cancellable: true,
  };
  void vscode.window.withProgress(options, async (progress, token) => {
    const stopping = token.onCancellationRequested(() => {
      progress.report({ message: phaseLabel('stopping', vscode.l10n.t) });
      session.stop().catch((error: unknown) => app.logger.error('the session did not stop', error));
    });
    const unsubscribe = session.onEvent((event) => {
      if (event.type !== 'phase') return;
      const label = phaseLabel(event.phase, vscode.l10n.t);
      const detail = event.detail === undefined ? '' : ` (${toVisibleLine(event.detail, 100)})`;
      progress.report({ message: `${label}${detail}` });
    });
    await session.done;
    unsubscribe();
    stopping.dispose();
  });
}
