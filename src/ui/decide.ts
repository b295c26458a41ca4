import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import { changeKey } from '../workspace/changes.js';
import type { App } from './app.js';
import { closeDiffs, saveProposal } from './diff-editor.js';
import { settle } from './review/settle.js';
import { finishMerge, showAgain } from './review/show-again.js';
import { showRow } from './review/show-hunk.js';
import { changeUri } from './review-files.js';
import { isSameRow, neighbourRow, type Row, rowRisks } from './rows.js';
import { isAutoAdvanceOn } from './settings.js';
import type { Target } from './target.js';
import { waitsForUnsaved } from './unsaved.js';

const WHOLE = { isPart: false };

/** Writes one proposal to the workspace, unsaved edits of it included. */
export async function approve(app: App, target: Target): Promise<void> {
  const { row } = target;
  const uri = changeUri('after', row.review.sessionId, row.path);
  const isEdited = vscode.workspace.textDocuments.some(
    (doc) => doc.isDirty && doc.uri.toString() === uri.toString(),
  );
  if (!(await saveProposal(row.review.sessionId, row.path))) return;
  if (row.reviewed.merge === 'marked') {
    await finishMerge(app, row);
    return;
  }
  if (await waitsForUnsaved(app, [row])) return;
  const key = isEdited ? (app.proposals.shownKey(uri) ?? target.key) : target.key;
  const current = row.review.get(row.path);
  if (current === undefined || changeKey(current.change) !== key) {
    await showAgain(app, row);
    return;
  }
  if (!(await isSureOf(app, row))) return;
  const next = nextOf(app, row);
  const outcome = await row.review.approve(row.path, key);
  const isDone = await settle(app, row, key, outcome, WHOLE);
  if (isDone && (await settleOldHalf(app, row))) await advance(app, target, next);
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
  await advance(app, target, next);
}

/** The row that comes after a decision on this one. */
export function nextOf(app: App, row: Row): Row | undefined {
  const next = neighbourRow(app.store.rows(), row, 1);
  return next === undefined || isSameRow(next, row) ? undefined : next;
}

async function rejectRow(row: Row): Promise<void> {
  await row.review.reject(row.path);
  if (row.old !== undefined) await row.review.reject(row.old.change.path);
}

/** The new name is in place before the old one goes: a failure between leaves two files, never none. */
async function settleOldHalf(app: App, row: Row): Promise<boolean> {
  if (row.old === undefined || row.review.get(row.path)?.decision !== 'applied') return true;
  const { change } = row.old;
  const key = changeKey(change);
  return settle(app, row, key, await row.review.approve(change.path, key), WHOLE);
}

/** Puts the next pending diff where the decided one was; leaves every other editor alone. */
async function advance(app: App, target: Target, next: Row | undefined): Promise<void> {
  const { review, path } = target.row;
  if (target.fromEditor && next !== undefined && isAutoAdvanceOn()) await showRow(app, next);
  await closeDiffs((address) => address.sessionId === review.sessionId && address.path === path);
}
