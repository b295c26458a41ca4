import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import { changeKey, stateKey } from '../workspace/changes.js';
import type { ApplyOutcome, Review, ReviewedChange } from '../workspace/review-api.js';
import { shownKeys } from '../workspace/shown-keys.js';
import type { App } from './app.js';
import { closeDiffs, saveProposal } from './diff-editor.js';
import { changeUri } from './review-files.js';
import { isUndecided, listRows, type Row, rowRisks } from './rows.js';
import { isNode } from './target.js';
import { waitsForUnsaved } from './unsaved.js';

/** Approves every pending change of one session (its tree node) or of all, after a confirmation. */
export async function approveAll(app: App, argument: unknown): Promise<void> {
  const reviews = reviewsOf(app, argument);
  const all = reviews.flatMap((review) => listRows(review));
  if (all.length === 0) return;
  const rows = all.filter((row) => rowRisks(row).length === 0);
  if (rows.length === 0) {
    await app.dialogs.choose('info', describeProtected(all.length), []);
    return;
  }
  // What is approved is what stands here while the question is asked, whatever the agent proposes meanwhile.
  const shown = new Map(reviews.map((review) => [review, shownKeys(entriesOf(rows, review))]));
  const isSure = await app.dialogs.confirm(
    rows.length === 1
      ? vscode.l10n.t('Approve 1 change?')
      : vscode.l10n.t('Approve all {0} changes?', rows.length),
    [
      vscode.l10n.t(
        'They are written to your workspace. Files that you changed meanwhile are left as they are.',
      ),
      ...(rows.length < all.length ? [describeProtected(all.length - rows.length)] : []),
    ].join(' '),
    vscode.l10n.t('Approve All'),
  );
  if (!isSure) return;
  for (const row of rows) if (!(await saveShown(row, shown.get(row.review)))) return;
  if (await waitsForUnsaved(app, rows)) return;
  const outcomes: ApplyOutcome[] = [];
  for (const [review, keys] of shown) outcomes.push(...(await review.approveAll(keys)));
  await closeDecided(reviews);
  report(app, outcomes);
}

function describeProtected(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 protected change is left for you to approve on its own.')
    : vscode.l10n.t('{0} protected changes are left for you to approve one by one.', count);
}

export async function rejectAll(app: App, argument: unknown): Promise<void> {
  const reviews = reviewsOf(app, argument);
  const count = reviews.reduce((sum, review) => sum + listRows(review).length, 0);
  if (count === 0) return;
  const isSure = await app.dialogs.confirm(
    count === 1 ? vscode.l10n.t('Reject 1 change?') : vscode.l10n.t('Reject all {0} changes?', count),
    vscode.l10n.t('The proposals are dropped. Your own files stay as they are.'),
    vscode.l10n.t('Reject All'),
  );
  if (!isSure) return;
  for (const review of reviews) await review.rejectAll();
  await closeDecided(reviews);
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

function reviewsOf(app: App, argument: unknown): readonly Review[] {
  return isNode(argument) && argument.kind === 'session' ? [argument.review] : app.store.list();
}

function entriesOf(rows: readonly Row[], review: Review): readonly ReviewedChange[] {
  return rows
    .filter((row) => row.review === review)
    .flatMap(({ reviewed, old }) => (old === undefined ? [reviewed] : [reviewed, old]));
}

/** Saves the user's own edits of a proposal, and takes the saved text for what was shown. False when that failed. */
async function saveShown(row: Row, keys: Map<string, string> | undefined): Promise<boolean> {
  const { review, path } = row;
  const uri = changeUri('after', review.sessionId, path).toString();
  const edited = vscode.workspace.textDocuments.find((doc) => doc.isDirty && doc.uri.toString() === uri);
  if (!(await saveProposal(review.sessionId, path))) return false;
  if (edited === undefined || keys === undefined) return true;
  const saved = review.get(path);
  // Only with the user's own text in it: the agent may have proposed another one in the same moment.
  if (saved === undefined || new TextDecoder().decode(await review.read(path, 'after')) !== edited.getText())
    return true;
  const isSameBase = stateKey(saved.change.before) === stateKey(row.reviewed.change.before);
  const now = review.get(path);
  if (isSameBase && now !== undefined && changeKey(now.change) === changeKey(saved.change))
    for (const [name, key] of shownKeys([saved])) keys.set(name, key);
  return true;
}

async function closeDecided(reviews: readonly Review[]): Promise<void> {
  const byId = new Map(reviews.map((review) => [review.sessionId, review]));
  await closeDiffs((address) => {
    const entry = byId.get(address.sessionId)?.get(address.path);
    return entry !== undefined && !isUndecided(entry);
  });
}

function report(app: App, outcomes: readonly ApplyOutcome[]): void {
  const applied = outcomes.filter((outcome) => outcome.kind === 'applied').length;
  const open = outcomes.filter((outcome) => outcome.kind !== 'applied');
  for (const outcome of open) app.logger.warn(describe(outcome));
  if (open.length === 0) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('Airlock: {0} changes applied', applied), 5000);
    return;
  }
  const names = open
    .slice(0, 5)
    .map((outcome) => toVisibleLine(outcome.path, 80))
    .join(', ');
  const message = vscode.l10n.t(
    '{0} changes applied; {1} left for you to decide: {2}',
    applied,
    open.length,
    names,
  );
  void app.dialogs
    .choose('warning', message, [])
    .catch((error: unknown) => app.logger.error('a warning could not be shown', error));
}

function describe(outcome: ApplyOutcome): string {
  const path = toVisibleLine(outcome.path);
  switch (outcome.kind) {
    case 'applied':
      return `applied ${path}`;
    case 'merged':
      return `merged ${path} with your edits; it waits to be approved again`;
    case 'conflict':
    case 'refused':
      return `${outcome.kind} ${path}: ${toVisibleLine(outcome.reason)}`;
    case 'failed':
      return `failed ${path}: ${outcome.error.message}`;
  }
}
