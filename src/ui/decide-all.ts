import * as vscode from 'vscode';
import type { ApplyOutcome, Review } from '../workspace/review/review-api.js';
import type { App } from './app.js';
import { closeDecided } from './close-decided.js';
import { closeDiffs } from './diff-editor.js';
import { reportOutcomes } from './report-outcomes.js';
import { isFiltering } from './row-filter.js';
import { isUndecided, type Row, rowEntries, rowRisks } from './rows.js';
import { keysOf, saveEdited } from './save-shown.js';
import { isNode } from './target.js';
import { waitsForUnsaved } from './unsaved.js';

/** Approves every pending change that the tree shows, of one session (its node) or of all, after a confirmation. */
export async function approveAll(app: App, argument: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const all = shownRowsOf(app, argument);
  if (all.length === 0) return;
  const rows = all.filter((row) => rowRisks(row).length === 0);
  if (rows.length === 0) {
    await app.dialogs.choose('info', describeProtected(all.length), []);
    return;
  }
  const shown = keysOf(rows);
  const question = rows.length === 1 ? t('Approve 1 change?') : t('Approve all {0} changes?', rows.length);
  const isSure = await app.dialogs.confirm(
    isFiltered(app) ? t('Approve the changes that the filter shows? They are {0}.', rows.length) : question,
    [
      t('They are written to your workspace. Files that you changed meanwhile are left as they are.'),
      ...(rows.length < all.length ? [describeProtected(all.length - rows.length)] : []),
    ].join(' '),
    t('Approve All'),
  );
  if (!isSure) return;
  if ((await saveEdited(rows, shown)) === undefined) return;
  if (await waitsForUnsaved(app, rows)) return;
  const outcomes: ApplyOutcome[] = [];
  for (const [review, keys] of shown)
    outcomes.push(...(await (isFiltered(app) ? review.approveSome(keys) : review.approveAll(keys))));
  await closeDecided(shown.keys());
  reportOutcomes(app, outcomes);
}

export function describeProtected(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 protected change is left for you to approve on its own.')
    : vscode.l10n.t('{0} protected changes are left for you to approve one by one.', count);
}

export async function rejectAll(app: App, argument: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const rows = shownRowsOf(app, argument);
  if (rows.length === 0) return;
  const question = rows.length === 1 ? t('Reject 1 change?') : t('Reject all {0} changes?', rows.length);
  const isSure = await app.dialogs.confirm(
    isFiltered(app) ? t('Reject the changes that the filter shows? They are {0}.', rows.length) : question,
    t('The proposals are dropped. Your own files stay as they are.'),
    t('Reject All'),
  );
  if (!isSure) return;
  await rejectRows(rows);
}

/** Drops these proposals, as one step of each review. */
export async function rejectRows(rows: readonly Row[]): Promise<void> {
  const byReview = new Map<Review, string[]>();
  for (const row of rows) {
    const paths = byReview.get(row.review) ?? [];
    paths.push(...rowEntries(row).map(({ change }) => change.path));
    byReview.set(row.review, paths);
  }
  for (const [review, paths] of byReview) await review.rejectSome(paths);
  await closeDecided(byReview.keys());
}

/** Ends the run, if there is one, and forgets every pending change, after a confirmation. */
export async function discardAll(app: App): Promise<void> {
  const { t } = vscode.l10n;
  const { count } = app.store.pending();
  const isSure =
    app.sessions.live().length === 0
      ? await app.dialogs.confirm(
          count === 1 ? t('Discard 1 pending change?') : t('Discard {0} pending changes?', count),
          t('The proposals are dropped. Your own files stay as they are.'),
          t('Discard'),
        )
      : await app.dialogs.confirm(
          app.sessions.live().length === 1
            ? t('Discard the session and all pending changes?')
            : t('Discard {0} sessions and all pending changes?', app.sessions.live().length),
          t('Running agents are stopped and their sandboxes removed. Your own files stay as they are.'),
          t('Discard'),
        );
  if (!isSure) return;
  await Promise.all(app.sessions.live().map(({ session }) => session.stop()));
  const reviews = app.store.list();
  await closeDiffs((address) => reviews.some((review) => review.sessionId === address.sessionId));
  for (const review of reviews) await app.store.discard(review);
}

/** The undecided rows that the tree shows: what a person who says "all" has seen. */
export function shownRowsOf(app: App, argument: unknown): readonly Row[] {
  const rows = app.changes.shownRows().filter(({ reviewed }) => isUndecided(reviewed));
  return isNode(argument) && argument.kind === 'session'
    ? rows.filter(({ review }) => review === argument.review)
    : rows;
}

function isFiltered(app: App): boolean {
  return isFiltering(app.filter.value);
}
