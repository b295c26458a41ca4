import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import { changeKey } from '../workspace/changes.js';
import type { ApplyOutcome } from '../workspace/review-api.js';
import type { App } from './app.js';
import { resolveConflict } from './conflict.js';
import { closeDiffs, openDiff, saveProposal } from './diff-editor.js';
import { changeUri } from './review-files.js';
import { isSameRow, neighbourRow, type Row, rowRisks } from './rows.js';
import { isAutoAdvanceOn } from './settings.js';
import { showFailure } from './show-failure.js';
import type { Target } from './target.js';
import { warnOfUnsavedFiles } from './unsaved.js';

/** Writes one proposal to the workspace, unsaved edits of it included. */
export async function approve(app: App, target: Target): Promise<void> {
  const { row } = target;
  const uri = changeUri('after', row.review.sessionId, row.path);
  const isEdited = vscode.workspace.textDocuments.some(
    (doc) => doc.isDirty && doc.uri.toString() === uri.toString(),
  );
  if (!(await saveProposal(row.review.sessionId, row.path))) return;
  if (await warnOfUnsavedFiles(app, [row])) return;
  const key = isEdited ? (app.proposals.shownKey(uri) ?? target.key) : target.key;
  const current = row.review.get(row.path);
  if (current === undefined || changeKey(current.change) !== key) {
    await showAgain(app, row);
    return;
  }
  if (!(await isSureOf(app, row))) return;
  const next = nextOf(app, row);
  const outcome = await row.review.approve(row.path, key);
  const isDone = await settle(app, row, key, outcome);
  if (isDone && (await settleOldHalf(app, row))) await advance(target, next);
}

/** A protected change is asked about once more, with the reason. */
export async function isSureOf({ dialogs }: App, row: Row): Promise<boolean> {
  const risks = rowRisks(row);
  if (risks.length === 0) return true;
  const { t } = vscode.l10n;
  const reasons = [...new Set(risks.map(({ reason }) => reason))].join('; ');
  return dialogs.confirm(
    t('Approve the protected change of "{0}"?', toVisibleLine(row.path)),
    t('It is protected, because {0}. It is written to your workspace when you approve it.', reasons),
    t('Approve'),
  );
}

export async function reject(app: App, target: Target): Promise<void> {
  const next = nextOf(app, target.row);
  await rejectRow(target.row);
  await advance(target, next);
}

async function rejectRow(row: Row): Promise<void> {
  await row.review.reject(row.path);
  if (row.old !== undefined) await row.review.reject(row.old.change.path);
}

/** The proposal is not the one that was looked at: nothing is written until the new one has been. */
async function showAgain(app: App, row: Row): Promise<void> {
  const fresh = app.store.row(row.review.sessionId, row.path);
  if (fresh !== undefined) await openDiff(fresh);
  await app.dialogs.choose(
    'warning',
    vscode.l10n.t(
      '"{0}" has changed since it was shown. Nothing was written; look again.',
      toVisibleLine(row.path),
    ),
    [],
  );
}

/** The new name is in place before the old one goes: a failure between leaves two files, never none. */
async function settleOldHalf(app: App, row: Row): Promise<boolean> {
  if (row.old === undefined || row.review.get(row.path)?.decision !== 'applied') return true;
  const { change } = row.old;
  const key = changeKey(change);
  return settle(app, row, key, await row.review.approve(change.path, key));
}

/** Tells the user what became of an approval; true when the change is decided. */
async function settle(app: App, row: Row, key: string, outcome: ApplyOutcome): Promise<boolean> {
  switch (outcome.kind) {
    case 'applied':
      app.logger.info(`applied ${toVisibleLine(outcome.path)}`);
      return true;
    case 'conflict': {
      const answer = await resolveConflict(app, row, key, outcome);
      if (answer.kind === 'decided') return true;
      return answer.kind === 'retried' ? settle(app, row, key, answer.outcome) : false;
    }
    case 'merged':
      await showMerged(app, row);
      return false;
    case 'refused':
      await app.dialogs.choose(
        'warning',
        vscode.l10n.t(
          '"{0}" cannot be applied: {1}. Nothing was written.',
          toVisibleLine(outcome.path),
          toVisibleLine(outcome.reason),
        ),
        [],
      );
      return false;
    case 'failed':
      showFailure(app, outcome.error);
      return false;
  }
}

/** What is written is what was shown: the merge is shown before it is approved. */
async function showMerged(app: App, row: Row): Promise<void> {
  const fresh = app.store.row(row.review.sessionId, row.path);
  if (fresh !== undefined) await openDiff(fresh);
  await app.dialogs.choose(
    'info',
    vscode.l10n.t(
      '"{0}" was changed by you meanwhile. Your edits and the proposal are put together in the diff; look, and approve again. Nothing was written.',
      toVisibleLine(row.path),
    ),
    [],
  );
}

function nextOf(app: App, row: Row): Row | undefined {
  const next = neighbourRow(app.store.rows(), row, 1);
  return next === undefined || isSameRow(next, row) ? undefined : next;
}

/** Puts the next pending diff where the decided one was; leaves every other editor alone. */
async function advance(target: Target, next: Row | undefined): Promise<void> {
  const { review, path } = target.row;
  if (target.fromEditor && next !== undefined && isAutoAdvanceOn()) await openDiff(next);
  await closeDiffs((address) => address.sessionId === review.sessionId && address.path === path);
}
