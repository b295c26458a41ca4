import * as vscode from 'vscode';
import type { App } from './app.js';
import { applyMarked } from './apply-marked.js';
import type { CommandSpec } from './command-spec.js';
import { approve, reject } from './decide.js';
import { approveNodes, rejectNodes } from './decide-nodes.js';
import { openDiff } from './diff-editor.js';
import { chooseFilter, clearFilter, searchChanges } from './filter-commands.js';
import { markAll, toggleMarks, unmarkAll } from './mark.js';
import { approveHunk, rejectHunk } from './review/hunk-commands.js';
import { showHunk, showRow } from './review/show-hunk.js';
import { isUndecided } from './rows.js';
import { findTarget, isHunkNode, isNode, type Target } from './target.js';
import type { ChangesNode, HunkNode } from './tree-model.js';

/** The argument of the tree's keys: the node with the focus is meant. */
const FOCUS = 'focus';

/** The commands of the tree of changes, and those that it has in common with the diff editor. */
export const treeCommands: readonly CommandSpec[] = [
  { id: 'airlock.openDiff', needs: 'target', run: openAny },
  { id: 'airlock.approve', needs: 'target', run: decideWith(approveNodes, approve) },
  { id: 'airlock.reject', needs: 'target', run: decideWith(rejectNodes, reject) },
  { id: 'airlock.approveHunk', needs: 'target', run: decideHunkWith(approveNodes, approveHunk) },
  { id: 'airlock.rejectHunk', needs: 'target', run: decideHunkWith(rejectNodes, rejectHunk) },
  { id: 'airlock.approveBelow', needs: 'pending', run: decideWith(approveNodes) },
  { id: 'airlock.rejectBelow', needs: 'pending', run: decideWith(rejectNodes) },
  { id: 'airlock.toggleMark', needs: 'pending', run: decideWith(toggleMarks) },
  { id: 'airlock.markAll', needs: 'pending', run: markAll },
  { id: 'airlock.unmarkAll', needs: 'marked', run: unmarkAll },
  { id: 'airlock.applyMarked', needs: 'marked', run: applyMarked },
  { id: 'airlock.filterChanges', needs: 'nothing', run: chooseFilter },
  { id: 'airlock.searchChanges', needs: 'nothing', run: searchChanges },
  { id: 'airlock.clearFilter', needs: 'nothing', run: clearFilter },
];

/** For nodes of the tree, or else for the change that the diff editor shows, where that makes sense. */
function decideWith(
  onNodes: (app: App, nodes: readonly ChangesNode[]) => Promise<void>,
  onTarget?: (app: App, target: Target) => Promise<void>,
) {
  return async (app: App, argument: unknown, selected: unknown): Promise<void> => {
    const isOfTree = argument === FOCUS || isNode(argument) || onTarget === undefined;
    const nodes = isOfTree ? await readNodes(app, argument, selected) : [];
    if (nodes.length > 0) {
      await onNodes(app, nodes);
      return;
    }
    const target = isOfTree ? undefined : findTarget(app, argument);
    if (target === undefined) tellNothing();
    else await onTarget?.(app, target);
  };
}

/** For hunks in the tree, or else for the one at the cursor. */
function decideHunkWith(
  onNodes: (app: App, nodes: readonly ChangesNode[]) => Promise<void>,
  atCursor: (app: App, argument: unknown) => Promise<void>,
) {
  return async (app: App, argument: unknown, selected: unknown): Promise<void> => {
    if (isNode(argument)) await onNodes(app, await readNodes(app, argument, selected));
    else await atCursor(app, argument);
  };
}

async function readNodes(app: App, argument: unknown, selected: unknown): Promise<readonly ChangesNode[]> {
  if (argument === FOCUS) return app.changes.focused();
  if (Array.isArray(selected) && selected.length > 0) return selected.filter(isNode);
  return isNode(argument) ? [argument] : app.changes.selection;
}

/** From the tree a click only previews: the tree keeps the focus. */
async function openAny(app: App, argument: unknown): Promise<void> {
  if (isHunkNode(argument)) {
    await openHunk(app, argument);
    return;
  }
  if (isNode(argument) && argument.kind === 'more') {
    await openDiff(argument.row, { preserveFocus: true });
    return;
  }
  if (isNode(argument) && argument.kind === 'row' && !isUndecided(argument.row.reviewed)) {
    await openDiff(argument.row, { preserveFocus: true });
    return;
  }
  const target = findTarget(app, argument);
  if (target === undefined) tellNothing();
  else await showRow(app, target.row, { preserveFocus: !target.fromEditor });
}

async function openHunk(app: App, { row, hunk }: HunkNode): Promise<void> {
  const found = (await row.review.hunks(row.path)).find(({ key }) => key === hunk.key);
  if (found === undefined) await openDiff(row, { preserveFocus: true });
  else await showHunk(app, row, found, { preserveFocus: true });
}

function tellNothing(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('Select a pending change first.'));
}
