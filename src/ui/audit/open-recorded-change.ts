import * as vscode from 'vscode';
import type { App } from '../app.js';
import { openDiff } from '../diff-editor.js';
import { changeUri } from '../review-files.js';

/** Opens a change that a record speaks of: the review's view of it, the stored bytes, or a word that they are gone. */
export async function openRecordedChange(app: App, sessionId: string, path: string): Promise<void> {
  const review = await app.store.find(sessionId);
  const row = app.store.row(sessionId, path);
  if (row !== undefined) return openDiff(row);
  if (review?.get(path) === undefined) {
    const { t } = vscode.l10n;
    const message = t('The bytes of this change are not kept any more. The record holds their SHA-256 only.');
    await app.dialogs.choose('info', message, []);
    return;
  }
  await vscode.commands.executeCommand(
    'vscode.diff',
    changeUri('before', sessionId, path),
    changeUri('after', sessionId, path),
    vscode.l10n.t('{0} (decided)', path),
    { preview: true } satisfies vscode.TextDocumentShowOptions,
  );
}
