import * as vscode from 'vscode';
import { changeKey } from '../workspace/changes.js';
import type { ApplyOutcome } from '../workspace/review/review-api.js';
import type { App } from './app.js';
import { closeDecided } from './close-decided.js';
import { confirmedKeys, markedRows } from './mark.js';
import { listProtected } from './protected-list.js';
import { reportOutcomes } from './report-outcomes.js';
import { type Row, rowEntries, rowRisks } from './rows.js';
import { keysOf, type ShownKeys, saveEdited } from './save-shown.js';
import { rowMark } from './summary.js';
import { isNode } from './target.js';
import { waitsForUnsaved } from './unsaved.js';

/** Writes all that is marked as one apply, after a confirmation; protected changes are asked about once more. */
export async function applyMarked(app: App, argument: unknown): Promise<void> {
  const rows = markedRows(app).filter(
    ({ review }) => !isNode(argument) || argument.kind !== 'session' || argument.review === review,
  );
  if (rows.length === 0 || !(await confirmCount(app, rows))) return;
  const guarded = rows.filter((row) => rowRisks(row).length > 0);
  const included = guarded.length === 0 ? [] : await askAboutProtected(app, guarded);
  if (included === undefined) return;
  // A protected change that is left out is no reason to save or to warn.
  const written = rows.filter((row) => rowRisks(row).length === 0 || included.includes(row));
  const shown = keysOf(written);
  const saved = await saveEdited(written, shown);
  if (saved === undefined) return;
  for (const row of saved) await markAgain(row, shown);
  if (await waitsForUnsaved(app, written)) return;
  const outcomes: ApplyOutcome[] = [];
  for (const review of new Set(rows.map((row) => row.review)))
    outcomes.push(...(await review.applyMarked(confirmedKeys(included, shown.get(review) ?? new Map()))));
  await closeDecided(shown.keys());
  const leftOut = new Set(
    guarded
      .filter((row) => !included.includes(row))
      .flatMap((row) => rowEntries(row).map(({ change }) => change.path)),
  );
  // The user has just said so.
  reportOutcomes(
    app,
    outcomes.filter(({ kind, path }) => kind !== 'refused' || !leftOut.has(path)),
  );
}

function confirmCount(app: App, rows: readonly Row[]): Promise<boolean> {
  const { t } = vscode.l10n;
  const visible = new Set(app.changes.shownRows());
  const hidden = rows.filter((row) => !visible.has(row)).length;
  const parts = rows.filter((row) => rowMark(row) === 'part').length;
  return app.dialogs.confirm(
    rows.length === 1 ? t('Apply 1 marked change?') : t('Apply {0} marked changes?', rows.length),
    [
      t('They are written to your workspace. Files that you changed meanwhile are left as they are.'),
      ...(parts > 0 ? [t('In {0} of them only the marked hunks are written.', parts)] : []),
      ...(hidden > 0 ? [t('{0} of them are hidden by the filter.', hidden)] : []),
    ].join(' '),
    t('Apply Marked'),
  );
}

/** The protected changes that are to be written too; undefined to write nothing at all. */
async function askAboutProtected(app: App, guarded: readonly Row[]): Promise<readonly Row[] | undefined> {
  const { t } = vscode.l10n;
  const { lines, listed } = listProtected(guarded, t);
  const unnamed = guarded.length - listed.length;
  const leaveOut = guarded.length === 1 ? t('Leave It Out') : t('Leave Them Out');
  const include = guarded.length === 1 ? t('Apply It Too') : t('Apply Them Too');
  const answer = await app.dialogs.ask(
    guarded.length === 1
      ? t('1 of them is protected. Apply it too?')
      : t('{0} of them are protected. Apply them too?', guarded.length),
    [
      ...lines,
      ...(unnamed > 0
        ? [t('{0} more are not in this list and stay marked: apply again for them.', unnamed)]
        : []),
    ].join('\n'),
    // The first is what Enter chooses.
    [leaveOut, include],
  );
  if (answer === include) return listed;
  return answer === leaveOut ? [] : undefined;
}

/** A save makes another proposal, whose marks are gone: what is still the same is marked again. */
async function markAgain(row: Row, shown: ShownKeys): Promise<void> {
  const { review, path } = row;
  const key = shown.get(review)?.get(path);
  const current = review.get(path);
  if (key === undefined || current === undefined || changeKey(current.change) !== key) return;
  const { mark } = row.reviewed;
  if (mark.kind !== 'hunks') {
    await review.mark(path, key, { kind: mark.kind });
    return;
  }
  for (const hunk of await review.hunks(path))
    if (mark.keys.has(hunk.key))
      await review.mark(path, key, { kind: 'hunk', hunk: hunk.key, isMarked: true });
}
