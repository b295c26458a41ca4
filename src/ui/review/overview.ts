import * as vscode from 'vscode';
import { toVisibleLine } from '../../base/visible-text.js';
import type { App } from '../app.js';
import { changeUri } from '../review-files.js';
import { type Row, rowRisks } from '../rows.js';
import { type OverviewPage, pageRows } from './overview-pages.js';

const MESSAGE_MS = 8000;

type Resources = readonly [label: vscode.Uri, left: vscode.Uri | undefined, right: vscode.Uri | undefined];

/** All pending texts below each other in one editor; many of them page by page. */
export async function openOverview(app: App): Promise<void> {
  const { t } = vscode.l10n;
  const { pages, total, leftOut } = pageRows(app.store.rows());
  if (pages.length === 0) {
    await app.dialogs.choose('info', t('No change has text to be compared: open them one by one.'), []);
    return;
  }
  const page = pages.length === 1 ? pages[0] : await choosePage(app, pages, total);
  if (page === undefined) return;
  const name =
    pages.length === 1
      ? t("Agent's changes")
      : t("Agent's changes {0}–{1} of {2}", page.first, page.last, total);
  const guarded = page.rows.filter((row) => rowRisks(row).length > 0).length;
  // Of a single file of it VS Code shows the name alone.
  const title = guarded === 0 ? name : t('{0}, the first {1} protected', name, guarded);
  await vscode.commands.executeCommand('vscode.changes', title, page.rows.map(toResources));
  if (leftOut > 0)
    vscode.window.setStatusBarMessage(
      t('Airlock: {0} without text (pictures, modes, refusals) are left out', leftOut),
      MESSAGE_MS,
    );
}

async function choosePage(
  { dialogs }: App,
  pages: readonly OverviewPage[],
  total: number,
): Promise<OverviewPage | undefined> {
  const { t } = vscode.l10n;
  const items = pages.map((page, index) => ({
    label: t('Page {0} of {1}', index + 1, pages.length),
    description: t('{0}–{1} of {2}', page.first, page.last, total),
    detail: describeEnds(page),
    page,
  }));
  const picked = await dialogs.pick(items, { title: t('Show All Changes in One Editor') });
  return picked?.page;
}

function describeEnds({ rows }: OverviewPage): string {
  const { t } = vscode.l10n;
  const guarded = rows.filter((row) => rowRisks(row).length > 0).length;
  const [first, last] = [rows[0], rows.at(-1)].map((row) => toVisibleLine(row?.path ?? '', 60));
  const range = `${first} … ${last}`;
  return guarded === 0 ? range : `${range} · ${t('{0} protected', guarded)}`;
}

/** A side that is not there is left out: VS Code shows the file as added or deleted. */
function toResources(row: Row): Resources {
  const { sessionId } = row.review;
  const { change } = row.reviewed;
  const right = changeUri('after', sessionId, row.path);
  const left = changeUri('before', sessionId, row.old?.change.path ?? row.path);
  const isAdded = row.old === undefined && change.before.kind === 'absent';
  return [right, isAdded ? undefined : left, change.after.kind === 'absent' ? undefined : right];
}
