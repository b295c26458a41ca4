import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { App } from './app.js';
import { phaseLabel } from './phases.js';
import type { WindowSession } from './window-session.js';

/** One notification for the turn that runs now, which names each phase; its Cancel stops the agent. */
export function showProgress(app: App, entry: WindowSession): void {
  const isOnly = app.sessions.live().length < 2;
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: isOnly ? 'Airlock' : vscode.l10n.t('Airlock: Agent {0}', entry.number),
    cancellable: true,
  };
  const over = Promise.race([entry.session.done, nextTurnEnd(entry)]);
  void vscode.window.withProgress(options, async (progress, token) => {
    const stopping = token.onCancellationRequested(() => {
      void vscode.commands.executeCommand('airlock.stop', entry.id);
    });
    let last = '';
    const report = () => {
      if (entry.phase === undefined) return;
      const { phase, detail } = entry.phase;
      const label = phaseLabel(phase, vscode.l10n.t);
      const message = detail === undefined ? label : `${label} (${toVisibleLine(detail, 100)})`;
      if (message !== last) progress.report({ message });
      last = message;
    };
    report();
    const unsubscribe = entry.onDidChange(report);
    await over;
    unsubscribe();
    stopping.dispose();
  });
}

/** Settles when a turn that runs now, or the next, has ended and the sandbox is kept. */
export function nextTurnEnd(entry: WindowSession): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = entry.onDidEndTurn(() => {
      unsubscribe();
      resolve();
    });
  });
}
