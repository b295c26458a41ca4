import * as vscode from 'vscode';
import type { App } from './app.js';
import type { Ticks } from './changes-view.js';
import { shownRowsOf } from './decide-all.js';
import { rowsOf } from './node-rows.js';
import { isHunkMarked } from './node-text.js';
import { type Row, rowEntries, rowKey, rowRisks } from './rows.js';
import { keysOf } from './save-shown.js';
import { isOrdinary, isRowMarkable, rowMark } from './summary.js';
import type { ChangesNode } from './tree-model.js';

/** What the user ticked in the tree becomes a mark in the review. */
export async function applyTicks(app: App, ticks: Ticks): Promise<void> {
  try {
    for (const [node, isMarked] of ticks) await markNode(node, isMarked);
  } finally {
    // A tick that the review did not take is taken back on the screen.
    app.changes.redraw(ticks.map(([node]) => node));
  }
}

/** Marks nodes, or takes their marks away when all of them are marked. */
export async function toggleMarks(app: App, nodes: readonly ChangesNode[]): Promise<void> {
  const markable = nodes.filter((node) => node.kind !== 'more' && node.kind !== 'group');
  const isMarked = markable.some((node) => !isNodeMarked(node));
  await applyTicks(
    app,
    markable.map((node) => [node, isMarked] as const),
  );
}

/** Marks what the tree shows, but for protected changes: these are ticked one by one. */
export async function markAll(app: App, argument: unknown): Promise<void> {
  const rows = shownRowsOf(app, argument);
  const ordinary = rows.filter(isOrdinary);
  await setMarks(ordinary, true);
  const guarded = rows.filter((row) => rowRisks(row).length > 0).length;
  const { t } = vscode.l10n;
  const said = [t('Airlock: {0} changes marked', ordinary.length)];
  if (guarded > 0) said.push(t('{0} protected left for you to mark one by one', guarded));
  vscode.window.setStatusBarMessage(said.join('; '), 5000);
}

export async function unmarkAll(app: App, argument: unknown): Promise<void> {
  await setMarks(
    shownRowsOf(app, argument).filter((row) => rowMark(row) !== 'none'),
    false,
  );
}

async function markNode(node: ChangesNode, isMarked: boolean): Promise<void> {
  switch (node.kind) {
    case 'session':
    case 'folder':
      await setMarks(rowsOf(node).filter(isOrdinary), isMarked);
      return;
    case 'row':
      await setMarks([node.row], isMarked);
      return;
    case 'hunk': {
      const { row, hunk } = node;
      await row.review.mark(row.path, rowKey(row), { kind: 'hunk', hunk: hunk.key, isMarked });
      return;
    }
    case 'group':
    case 'more':
  }
}

async function setMarks(rows: readonly Row[], isMarked: boolean): Promise<void> {
  for (const [review, keys] of keysOf(rows)) await review.markAll(keys, isMarked);
}

function isNodeMarked(node: ChangesNode): boolean {
  if (node.kind === 'hunk') return isHunkMarked(node);
  const rows = rowsOf(node).filter((row) => (node.kind === 'row' ? isRowMarkable(row) : isOrdinary(row)));
  return rows.every((row) => rowMark(row) === 'all');
}

/** What is marked, whether the tree shows it or not. */
export function markedRows(app: App): readonly Row[] {
  return app.store.rows().filter((row) => rowMark(row) !== 'none');
}

/** By path with their `changeKey`, the changes of protected rows that may be written. */
export function confirmedKeys(rows: readonly Row[], shown: ReadonlyMap<string, string>): Map<string, string> {
  const paths = rows.flatMap((row) => rowEntries(row).map(({ change }) => change.path));
  return new Map(
    paths.flatMap((path) => {
      const key = shown.get(path);
      return key === undefined ? [] : [[path, key] as const];
    }),
  );
}
