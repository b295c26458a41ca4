import * as vscode from 'vscode';
import type { App } from './app.js';
import { applyMarked } from './apply-marked.js';
import type { CommandSpec } from './command-spec.js';
import { approve, reject } from './decide.js';
import { approveNodes, rejectNodes } from './decide-nodes.js';
import { chooseFilter, clearFilter, searchChanges } from './filter-commands.js';
import { markAll, toggleMarks, unmarkAll } from './mark.js';
import { approveHunk, rejectHunk } from './review/hunk-commands.js';
import { showHunk, showRow } from './review/show-hunk.js';
import { findTarget, isNode, type Target } from './target.js';
import type { ChangesNode } from './tree-model.js';

/** The argument of the tree's keys: the node with the focus is meant. */
const FOCUS = 'focus';

/** The commands of the tree of changes, and those that it has in common with the diff editor. */
export const treeCommands: readonly CommandSpec[] = [
  { id: 'airlock.openDiff', needs: 'target', run: openAny },
  { id: 'airlock.approve', needs: 'target', run: decideWith(approveNodes, onTarget(approve)) },
  { id: 'airlock.reject', needs: 'target', run: decideWith(rejectNodes, onTarget(reject)) },
  { id: 'airlock.approveHunk', needs: 'target', run: decideWith(approveNodes, approveHunk) },
  { id: 'airlock.rejectHunk', needs: 'target', run: decideWith(rejectNodes, rejectHunk) },
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

/** For nodes of the tree, or else for what an editor shows, where that makes sense. */
function decideWith(
  onNodes: (app: App, nodes: readonly ChangesNode[]) => Promise<void>,
  onOther?: (app: App, argument: unknown) => Promise<void>,
) {
  return async (app: App, argument: unknown, selected: unknown): Promise<void> => {
    const isOfTree = argument === FOCUS || isNode(argument) || onOther === undefined;
    const nodes = isOfTree ? await readNodes(app, argument, selected) : [];
    if (nodes.length > 0) await onNodes(app, nodes);
    else if (isNode(argument) || onOther === undefined) tellNothing();
    // The tree may have the focus and none of its nodes: the one that had it is decided and gone.
    else await onOther(app, argument === FOCUS ? undefined : argument);
  };
}

function onTarget(decide: (app: App, target: Target) => Promise<void>) {
  return async (app: App, argument: unknown): Promise<void> => {
    const target = findTarget(app, argument);
    if (target === undefined) tellNothing();
    else await decide(app, target);
  };
}

async function readNodes(app: App, argument: unknown, selected: unknown): Promise<readonly ChangesNode[]> {
  if (argument === FOCUS) return app.changes.focused();
  if (Array.isArray(selected) && selected.length > 0) return selected.filter(isNode);
  return isNode(argument) ? [argument] : app.changes.selection;
}

/** From the tree a click only previews: the tree keeps the focus. Without an argument it is the selected node. */
async function openAny(app: App, given: unknown): Promise<void> {
  const argument = given ?? (await app.changes.selected());
  if (isNode(argument) && argument.kind === 'hunk') {
    const { hunk, row } = argument;
    const found = (await row.review.hunks(row.path)).find(({ key }) => key === hunk.key);
    if (found === undefined) await showRow(app, row, { preserveFocus: true });
    else await showHunk(app, row, found, { preserveFocus: true });
    return;
  }
  const row = isNode(argument) && argument.kind === 'more' ? argument.row : undefined;
  const target = findTarget(app, argument);
  if (row !== undefined) await showRow(app, row, { preserveFocus: true });
  else if (target === undefined) tellNothing();
  else await showRow(app, target.row, { preserveFocus: !target.fromEditor });
}

function tellNothing(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('Select a pending change first.'));
}
