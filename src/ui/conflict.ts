import * as path from 'node:path';
import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { ApplyOutcome } from '../workspace/review-api.js';
import type { App } from './app.js';
import { openDiff } from './diff-editor.js';
import { changeUri } from './review-files.js';
import type { Row } from './rows.js';

type Conflict = Extract<ApplyOutcome, { kind: 'conflict' }>;

export type ConflictAnswer =
  | { readonly kind: 'open' }
  | { readonly kind: 'decided' }
  | { readonly kind: 'retried'; readonly outcome: ApplyOutcome };

/** Asks what to do about a file that is not as the agent saw it. Dismissing leaves everything as it is. */
export async function resolveConflict(
  app: App,
  row: Row,
  key: string,
  conflict: Conflict,
): Promise<ConflictAnswer> {
  const showDiff = vscode.l10n.t('Open Diff');
  const isDeletion = row.review.get(conflict.path)?.change.status === 'deleted';
  const overwrite = isDeletion ? vscode.l10n.t('Delete Anyway') : vscode.l10n.t('Overwrite With Proposal');
  const keep = vscode.l10n.t('Keep Mine');
  const message = vscode.l10n.t(
    '"{0}" was left as it is: {1}.',
    toVisibleLine(conflict.path),
    toVisibleLine(conflict.reason),
  );
  switch (await app.dialogs.choose('warning', message, [showDiff, overwrite, keep])) {
    case showDiff:
      await compareWithLive(row, conflict);
      return { kind: 'open' };
    case overwrite:
      return {
        kind: 'retried',
        outcome: await row.review.approve(conflict.path, key, { live: conflict.live }),
      };
    case keep:
      await row.review.reject(conflict.path);
      return { kind: 'decided' };
    default:
      return { kind: 'open' };
  }
}

/** The file as it is now on the left, the proposal on the right. */
async function compareWithLive(row: Row, conflict: Conflict): Promise<void> {
  if (conflict.live.kind !== 'file') {
    await openDiff(row);
    return;
  }
  await vscode.commands.executeCommand(
    'vscode.diff',
    vscode.Uri.file(path.join(row.review.workspace, conflict.path)),
    changeUri('after', row.review.sessionId, conflict.path),
    vscode.l10n.t('{0} (yours now ↔ proposed by agent)', toVisibleLine(conflict.path)),
  );
}
