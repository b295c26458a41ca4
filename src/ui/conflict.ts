import * as path from 'node:path';
import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { ApplyOutcome } from '../workspace/review/review-api.js';
import type { App } from './app.js';
import { openDiff } from './diff-editor.js';
import { askConflict, type Conflict } from './review/conflict-question.js';
import { showAgain } from './review/show-again.js';
import { untilReloaded } from './review/until-reloaded.js';
import { changeUri } from './review-files.js';
import type { Row } from './rows.js';

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
  { isPart }: { readonly isPart: boolean },
): Promise<ConflictAnswer> {
  const change = row.review.get(conflict.path)?.change ?? row.reviewed.change;
  const question = askConflict({ change, conflict, isPart }, vscode.l10n.t);
  const labels = question.actions.map(({ label }) => label);
  const answer = await app.dialogs.choose('warning', question.message, labels);
  switch (question.actions.find(({ label }) => label === answer)?.choice) {
    case 'merge':
      await beginMerge(app, row, conflict.path, key);
      return { kind: 'open' };
    case 'open':
      await compareWithLive(row, conflict);
      return { kind: 'open' };
    case 'overwrite':
      return {
        kind: 'retried',
        outcome: await row.review.approve(conflict.path, key, { live: conflict.live }),
      };
    case 'keep':
      await row.review.reject(conflict.path);
      return { kind: 'decided' };
    default:
      return { kind: 'open' };
  }
}

/** The user resolves what conflicts in a merge editor; what they save there waits for approval. */
async function beginMerge(app: App, row: Row, name: string, key: string): Promise<void> {
  const isBegun = await row.review.beginMerge(name, key);
  const fresh = app.store.row(row.review.sessionId, row.path);
  if (!isBegun || fresh === undefined) {
    await showAgain(app, row);
    return;
  }
  // The merge editor looks for the markers when it opens.
  await untilReloaded(app, fresh);
  await openDiff(fresh);
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
