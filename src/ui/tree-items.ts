import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import { isFolder } from '../workspace/changes.js';
import type { HunkLoader } from './hunk-loader.js';
import { hunkDescription, hunkLabel } from './hunk-view.js';
import {
  checkboxLabel,
  folderDescription,
  groupLabel,
  groupTooltip,
  hunkTooltip,
  isFullyMarked,
  isHunkMarked,
  rowNodeDescription,
  rowNodeTooltip,
  spokenText,
  summaryTooltip,
} from './node-text.js';
import { changeUri } from './review-files.js';
import { rowLabel } from './row-text.js';
import { isUndecided } from './rows.js';
import { sessionColor, sessionLabel } from './session-names.js';
import { isRowMarkable, rowMark } from './summary.js';
import type {
  ChangesNode,
  FolderNode,
  GroupNode,
  HunkNode,
  MoreNode,
  RowNode,
  SessionNode,
} from './tree-model.js';
import type { WindowSession } from './window-session.js';

export interface ItemParts {
  readonly hunks: HunkLoader;
  /** The session of this window that a review is of. */
  readonly sessionOf: (node: SessionNode) => WindowSession | undefined;
  /** Of a change set so large that nothing is opened by itself. */
  readonly startsCollapsed: boolean;
}

/** How VS Code shows a node. */
export function createItem(node: ChangesNode, parts: ItemParts): vscode.TreeItem {
  switch (node.kind) {
    case 'session':
      return createSessionItem(node, parts.sessionOf(node));
    case 'group':
      return createGroupItem(node);
    case 'folder':
      return createFolderItem(node, parts.startsCollapsed);
    case 'row':
      return createRowItem(node, parts.hunks);
    case 'hunk':
      return createHunkItem(node);
    case 'more':
      return createMoreItem(node);
  }
}

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** A list of more than this is not opened by itself. */
export const MANY_ROWS = 200;

function createSessionItem(node: SessionNode, entry: WindowSession | undefined): vscode.TreeItem {
  const { review, summary, id } = node;
  const label = entry === undefined ? toVisibleLine(review.prompt, 80) : sessionLabel(entry);
  const item = new vscode.TreeItem(label, Expanded);
  item.id = id;
  const color = entry === undefined ? undefined : new vscode.ThemeColor(sessionColor(entry.number));
  item.iconPath = new vscode.ThemeIcon('robot', color);
  item.description = shortTime(new Date(review.createdAt));
  const about = summaryTooltip(toVisibleLine(review.prompt, 500), summary, vscode.l10n.t);
  item.tooltip = `${about}\n${new Date(review.createdAt).toLocaleString()}`;
  item.contextValue = 'airlock.session';
  setCheckbox(item, label, summary.markable > 0, isFullyMarked(summary));
  return speak(item);
}

/** The side bar is narrow: the time of today's sessions, the day of earlier ones. */
function shortTime(date: Date): string {
  return date.toDateString() === new Date().toDateString()
    ? date.toLocaleTimeString(undefined, { timeStyle: 'short' })
    : date.toLocaleDateString();
}

function createGroupItem(node: GroupNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const isShort = node.children.length <= MANY_ROWS;
  const item = new vscode.TreeItem(groupLabel(node, t), isShort ? Expanded : Collapsed);
  item.id = node.id;
  item.iconPath =
    node.group === 'protected'
      ? new vscode.ThemeIcon('shield', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.errorForeground'));
  item.tooltip = groupTooltip(node, t);
  item.contextValue = `airlock.group.${node.group}`;
  item.accessibilityInformation = { label: `${groupLabel(node, t)}, ${groupTooltip(node, t)}` };
  return item;
}

function createFolderItem(node: FolderNode, startsCollapsed: boolean): vscode.TreeItem {
  const { t } = vscode.l10n;
  const label = toVisibleLine(node.label);
  const item = new vscode.TreeItem(label, startsCollapsed ? Collapsed : Expanded);
  item.id = node.id;
  item.iconPath = vscode.ThemeIcon.Folder;
  item.description = folderDescription(node, t);
  item.tooltip = summaryTooltip(toVisibleLine(node.path), node.summary, t);
  item.contextValue = 'airlock.folder';
  setCheckbox(item, label, node.summary.markable > 0, isFullyMarked(node.summary));
  return speak(item);
}

function createRowItem(node: RowNode, hunks: HunkLoader): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { row, id } = node;
  const item = new vscode.TreeItem(rowLabel(row), hunks.maySplit(row) ? Collapsed : None);
  item.id = id;
  // Said, since a row that can be opened would have none.
  item.iconPath = isFolder(row.reviewed.change) ? vscode.ThemeIcon.Folder : vscode.ThemeIcon.File;
  // Not the document itself, whose read-only mark would take the place of the status letter.
  item.resourceUri = changeUri('after', row.review.sessionId, row.path).with({ query: 'row' });
  item.description = rowNodeDescription(node, hunks.count(row), t);
  item.tooltip = rowNodeTooltip(node, hunks.count(row), t);
  item.contextValue = rowContext(node);
  item.command = openSelected();
  setCheckbox(item, rowLabel(row), isRowMarkable(row), rowMark(row) === 'all');
  return speak(item);
}

function rowContext({ row: { reviewed } }: RowNode): string {
  if (!isUndecided(reviewed)) return 'airlock.decided';
  return reviewed.change.status === 'refused' ? 'airlock.refused' : 'airlock.change';
}

function createHunkItem(node: HunkNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { hunk, row, id } = node;
  const item = new vscode.TreeItem(hunkLabel(hunk), None);
  item.id = id;
  const isFresh = row.reviewed.fresh.has(hunk.key);
  item.iconPath = hunkIcon(node);
  item.description = hunkDescription(hunk, isFresh, t);
  item.tooltip = hunkTooltip(node, t);
  item.contextValue = 'airlock.hunk';
  item.command = openSelected();
  setCheckbox(item, hunkLabel(hunk), isRowMarkable(row), isHunkMarked(node));
  return speak(item);
}

function hunkIcon({ hunk: { added, removed } }: HunkNode): vscode.ThemeIcon {
  if (removed === 0)
    return new vscode.ThemeIcon('diff-added', new vscode.ThemeColor('gitDecoration.addedResourceForeground'));
  if (added === 0)
    return new vscode.ThemeIcon(
      'diff-removed',
      new vscode.ThemeColor('gitDecoration.deletedResourceForeground'),
    );
  return new vscode.ThemeIcon(
    'diff-modified',
    new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'),
  );
}

function createMoreItem(node: MoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('{0} more in the diff', node.count), None);
  item.id = node.id;
  item.contextValue = 'airlock.more';
  item.command = openSelected();
  return item;
}

/** Without arguments, which VS Code forgets as soon as the node is drawn again: a click just then would fail. */
function openSelected(): vscode.Command {
  return { command: 'airlock.openDiff', title: vscode.l10n.t('Open Diff') };
}

function setCheckbox(item: vscode.TreeItem, name: string, isThere: boolean, isMarked: boolean): void {
  if (!isThere) return;
  const label = checkboxLabel(name, isMarked, vscode.l10n.t);
  item.checkboxState = {
    state: isMarked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: label,
    accessibilityInformation: { label, role: 'checkbox' },
  };
}

function speak(item: vscode.TreeItem): vscode.TreeItem {
  item.accessibilityInformation = { label: spokenText(String(item.tooltip ?? ''), vscode.l10n.t) };
  return item;
}
