import * as vscode from 'vscode';
import { toVisibleLine } from '../../base/visible-text.js';
import { hasConflictMarkers } from '../../workspace/hunks/mark-conflicts.js';
import type { App } from '../app.js';
import { openDiff } from '../diff-editor.js';
import type { Row } from '../rows.js';

/** The proposal is not the one that was looked at: nothing is written until the new one has been. */
export async function showAgain(app: App, row: Row): Promise<void> {
  const { t } = vscode.l10n;
  await openFresh(app, row);
  const name = toVisibleLine(row.path);
  const message = t('"{0}" has changed since it was shown. Nothing was written; look again.', name);
  await app.dialogs.choose('warning', message, []);
}

/** What is written is what was shown: the merge is shown before it is approved. */
export async function showMerged(app: App, row: Row): Promise<void> {
  const { t } = vscode.l10n;
  await openFresh(app, row);
  const message = t(
    '"{0}" was changed by you meanwhile. Your edits and the proposal are put together in the diff; look, and approve again. Nothing was written.',
    toVisibleLine(row.path),
  );
  await app.dialogs.choose('info', message, []);
}

/** The user is done with a merge: without its markers it waits for approval, when it has been seen beside the file. */
export async function finishMerge(app: App, row: Row): Promise<void> {
  const { t } = vscode.l10n;
  const { review, path } = row;
  const bytes = await review.read(path, 'after');
  const isResolved = !hasConflictMarkers(new TextDecoder().decode(bytes));
  if (isResolved && review.get(path)?.merge === 'marked') await review.edit(path, bytes);
  await openFresh(app, row);
  const name = toVisibleLine(path);
  const message = isResolved
    ? t('The conflicts of "{0}" are resolved. Look at the result, and approve again.', name)
    : t('"{0}" still has conflicts. Resolve them and save, then approve. Nothing was written.', name);
  await app.dialogs.choose('info', message, []);
}

async function openFresh({ store }: App, row: Row): Promise<void> {
  const fresh = store.row(row.review.sessionId, row.path);
  if (fresh !== undefined) await openDiff(fresh);
}
