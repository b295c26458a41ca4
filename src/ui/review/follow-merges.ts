import * as vscode from 'vscode';
import type { App } from '../app.js';
import { openDiff } from '../diff-editor.js';
import { showFailure } from '../show-failure.js';
import { activeChange } from './shown-change.js';

const MESSAGE_MS = 8000;

/** A merge that is resolved is shown as a whole: what is approved is what was seen beside the file. */
export function followMerges(app: App): vscode.Disposable {
  return app.proposals.onDidResolveMerge(({ sessionId, path }) => {
    const active = activeChange();
    const isHere = active?.address.sessionId === sessionId && active.address.path === path;
    const row = app.store.row(sessionId, path);
    if (!isHere || active.kind !== 'merge' || row === undefined) return;
    const message = vscode.l10n.t('Airlock: the merge is resolved; look at the result, then approve it.');
    vscode.window.setStatusBarMessage(message, MESSAGE_MS);
    openDiff(row).catch((error: unknown) => showFailure(app, error));
  });
}
