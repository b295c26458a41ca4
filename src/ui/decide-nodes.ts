import * as vscode from 'vscode';
import { changeKey } from '../workspace/changes.js';
import type { ApplyOutcome } from '../workspace/review/review-api.js';
import type { App } from './app.js';
import { closeDecided } from './close-decided.js';
import { approve, reject } from './decide.js';
import { rejectRows } from './decide-all.js';
import { chooseParts } from './node-rows.js';
import { reportOutcomes } from './report-outcomes.js';
import { approveHunk, rejectHunk } from './review/hunk-commands.js';
import { isUndecided, type Row, rowKey } from './rows.js';
import { keysOf, type ShownKeys, saveEdited } from './save-shown.js';
import { isOrdinary } from './summary.js';
import type { ChangesNode, HunkNode } from './tree-model.js';
import { waitsForUnsaved } from './unsaved.js';

/**
 * Approves what nodes of the tree stand for. One change or hunk is decided as from its diff, with every question
 * about it; of several only those that need no question.
 */
export async function approveNodes(app: App, nodes: readonly ChangesNode[]): Promise<void> {
  const { rows, hunks, only } = readNodes(nodes);
  if (only?.kind === 'hunk') await approveHunk(app, only.node);
  else if (only?.kind === 'row') await approve(app, targetOf(only.row));
  else await approveMany(app, rows, hunks);
}

/** Drops what nodes of the tree stand for; several after a confirmation. */
export async function rejectNodes(app: App, nodes: readonly ChangesNode[]): Promise<void> {
  const { rows, hunks, only } = readNodes(nodes);
  if (only?.kind === 'hunk') await rejectHunk(app, only.node);
  else if (only?.kind === 'row') await reject(app, targetOf(only.row));
  else await rejectMany(app, rows, hunks);
}

/** `only`: there is nothing but this. */
function readNodes(nodes: readonly ChangesNode[]) {
  const { rows: all, hunks } = chooseParts(nodes);
  const rows = all.filter(({ reviewed }) => isUndecided(reviewed));
  const parts = [
    ...rows.map((row) => ({ kind: 'row', row }) as const),
    ...hunks.map((node) => ({ kind: 'hunk', node }) as const),
  ];
  return { rows, hunks, only: parts.length === 1 ? parts[0] : undefined };
}

function targetOf(row: Row) {
  return { row, key: rowKey(row), fromEditor: false };
}

async function approveMany(app: App, all: readonly Row[], parts: readonly HunkNode[]): Promise<void> {
  const { t } = vscode.l10n;
  const rows = all.filter(isOrdinary);
  const hunks = parts.filter(({ row }) => isOrdinary(row));
  const count = rows.length + hunks.length;
  const left = all.length + parts.length - count;
  if (count === 0) {
    if (left > 0)
      await app.dialogs.choose('info', t('Protected changes and conflicts are decided one by one.'), []);
    return;
  }
  const details = [
    t('They are written to your workspace. Files that you changed meanwhile are left as they are.'),
    ...(left > 0 ? [t('{0} protected or in conflict are left for you to decide one by one.', left)] : []),
  ];
  const isSure =
    count === 1 ||
    (await app.dialogs.confirm(t('Approve {0} changes?', count), details.join(' '), t('Approve')));
  if (!isSure) return;
  const touched = [...rows, ...new Set(hunks.map(({ row }) => row))];
  const shown = keysOf(touched);
  if ((await saveEdited(touched, shown)) === undefined) return;
  if (await waitsForUnsaved(app, touched)) return;
  const outcomes: ApplyOutcome[] = [];
  for (const [review, known] of keysOf(rows)) {
    const keys = new Map([...known].map(([path, key]) => [path, shown.get(review)?.get(path) ?? key]));
    outcomes.push(...(await review.approveSome(keys)));
  }
  await eachHunk(hunks, shown, async ({ row, hunk }, key) => {
    const outcome = await row.review.approveHunk(row.path, key, hunk.key);
    outcomes.push(outcome);
    return outcome.kind === 'applied';
  });
  await closeDecided(shown.keys());
  reportOutcomes(app, outcomes);
}

async function rejectMany(app: App, rows: readonly Row[], hunks: readonly HunkNode[]): Promise<void> {
  const { t } = vscode.l10n;
  const count = rows.length + hunks.length;
  if (count === 0) return;
  const isSure = await app.dialogs.confirm(
    t('Reject {0} changes?', count),
    t('The proposals are dropped. Your own files stay as they are.'),
    t('Reject'),
  );
  if (!isSure) return;
  const split = [...new Set(hunks.map(({ row }) => row))];
  const shown = keysOf(split);
  if ((await saveEdited(split, shown)) === undefined) return;
  await rejectRows(rows);
  let moved = 0;
  await eachHunk(hunks, shown, async ({ row, hunk }, key) => {
    const isDone = await row.review.rejectHunk(row.path, key, hunk.key);
    if (!isDone) moved += 1;
    return isDone;
  });
  if (moved > 0)
    await app.dialogs.choose('warning', t('Some files have changed since they were shown; look again.'), []);
}

/**
 * Decides hunks of several files. The last of a file goes first: which of several equal hunks one is, is a part of
 * its key. What one decision makes of the proposal is what the next one is about; a file ends with the first that fails.
 */
async function eachHunk(
  hunks: readonly HunkNode[],
  shown: ShownKeys,
  decide: (part: HunkNode, key: string) => Promise<boolean>,
): Promise<void> {
  for (const row of new Set(hunks.map((part) => part.row))) {
    const own = hunks.filter((part) => part.row === row).sort((a, b) => b.hunk.line - a.hunk.line);
    let key = shown.get(row.review)?.get(row.path) ?? rowKey(row);
    for (const part of own) {
      const isDone = await decide(part, key);
      const current = row.review.get(row.path);
      if (!isDone || current === undefined) break;
      key = changeKey(current.change);
    }
  }
}
