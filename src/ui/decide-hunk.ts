import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { ApplyOutcome } from '../workspace/review-api.js';
import type { App } from './app.js';
import { closeDecided } from './close-decided.js';
import { isSureOf } from './decide.js';
import { openDiff } from './diff-editor.js';
import type { RowHunk } from './node-rows.js';
import { type Row, rowKey } from './rows.js';
import { keysOf, saveEdited } from './save-shown.js';
import { showFailure } from './show-failure.js';
import { warnOfUnsavedFiles } from './unsaved.js';

/** Writes one hunk of a proposal to the workspace; the others go on waiting. */
export async function approveHunk(app: App, { row, hunk }: RowHunk): Promise<void> {
  const key = await settleKey(row);
  if (key === undefined || (await warnOfUnsavedFiles(app, [row])) || !(await isSureOf(app, row))) return;
  await tell(app, row, await row.review.approveHunk(row.path, key, hunk.key));
  await closeDecided([row.review]);
}

/** Takes one hunk out of a proposal. */
export async function rejectHunk(app: App, { row, hunk }: RowHunk): Promise<void> {
  const key = await settleKey(row);
  if (key === undefined) return;
  if (!(await row.review.rejectHunk(row.path, key, hunk.key))) {
    await warn(
      app,
      vscode.l10n.t('"{0}" has changed since it was shown; look again.', toVisibleLine(row.path)),
    );
    return;
  }
  await closeDecided([row.review]);
}

/** Of the proposal with the user's unsaved edits in it; undefined when they could not be saved. */
async function settleKey(row: Row): Promise<string | undefined> {
  const shown = keysOf([row]);
  if ((await saveEdited([row], shown)) === undefined) return undefined;
  return shown.get(row.review)?.get(row.path) ?? rowKey(row);
}

async function tell(app: App, row: Row, outcome: ApplyOutcome): Promise<void> {
  const { t } = vscode.l10n;
  const name = toVisibleLine(row.path);
  switch (outcome.kind) {
    case 'applied':
      app.logger.info(`applied a hunk of ${name}`);
      return;
    case 'merged': {
      const merged = app.store.row(row.review.sessionId, row.path);
      if (merged !== undefined) await openDiff(merged, { preserveFocus: true });
      await warn(
        app,
        t(
          '"{0}" was changed by you meanwhile. Your edits and the proposal are put together; look, and approve again. Nothing was written.',
          name,
        ),
      );
      return;
    }
    case 'conflict':
    case 'refused':
      await warn(
        app,
        t('"{0}" was left as it is: {1}. Nothing was written.', name, toVisibleLine(outcome.reason)),
      );
      return;
    case 'failed':
      showFailure(app, outcome.error);
  }
}

async function warn(app: App, message: string): Promise<void> {
  await app.dialogs.choose('warning', message, []);
}
