import * as vscode from 'vscode';
import { toVisibleLine } from '../base/visible-text.js';
import type { Review } from '../workspace/review-api.js';
import { changeUri } from './review-files.js';
import type { ReviewStore } from './review-store.js';
import { rowDescription, rowLabel, rowTooltip } from './row-text.js';
import { listRows, type Row } from './rows.js';
import { sessionColor, sessionLabel } from './session-names.js';
import type { Sessions } from './sessions.js';
import { buildTree, type TreeNode } from './tree-model.js';
import type { WindowSession } from './window-session.js';

export const changesViewId = 'airlock.changes';

export type ChangesNode = TreeNode | { readonly kind: 'session'; readonly review: Review };

const REFRESH_MS = 50;

/** The pending changes as a tree; one root per session when there are several. */
export class ChangesView implements vscode.TreeDataProvider<ChangesNode>, vscode.Disposable {
  readonly #store: ReviewStore;
  readonly #sessions: Sessions;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<ChangesNode>;
  readonly #unsubscribe: () => void;
  #refresh: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: ReviewStore, sessions: Sessions) {
    this.#store = store;
    this.#sessions = sessions;
    this.#view = vscode.window.createTreeView(changesViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#unsubscribe = store.onDidChange(() => this.#schedule());
    this.#showCount();
  }

  getChildren(node?: ChangesNode): ChangesNode[] {
    return [...this.#childrenOf(node)];
  }

  getTreeItem(node: ChangesNode): vscode.TreeItem {
    switch (node.kind) {
      case 'session':
        return createSessionItem(node.review, this.#sessions.find(node.review.sessionId));
      case 'folder': {
        const item = new vscode.TreeItem(toVisibleLine(node.label), vscode.TreeItemCollapsibleState.Expanded);
        item.id = `${node.sessionId}/${node.path}/`;
        item.iconPath = vscode.ThemeIcon.Folder;
        item.contextValue = 'airlock.folder';
        return item;
      }
      case 'row':
        return createRowItem(node.row);
    }
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    this.#unsubscribe();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #childrenOf(node: ChangesNode | undefined): readonly ChangesNode[] {
    if (node?.kind === 'session') return buildTree(listRows(node.review));
    if (node?.kind === 'folder') return node.children;
    if (node?.kind === 'row') return [];
    const open = this.#store.list().filter((review) => listRows(review).length > 0);
    if (open.length > 1) return open.map((review) => ({ kind: 'session', review }));
    return open.flatMap((review) => buildTree(listRows(review)));
  }

  /** A review of thousands of files reports each decision: one refresh for many. */
  #schedule(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      this.#changed.fire(undefined);
      this.#showCount();
    }, REFRESH_MS);
  }

  #showCount(): void {
    const { count } = this.#store.pending();
    const tooltip =
      count === 1 ? vscode.l10n.t('1 pending change') : vscode.l10n.t('{0} pending changes', count);
    this.#view.badge = count > 0 ? { value: count, tooltip } : undefined;
  }
}

function createSessionItem(review: Review, entry: WindowSession | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(
    entry === undefined ? toVisibleLine(review.prompt, 80) : sessionLabel(entry),
    vscode.TreeItemCollapsibleState.Expanded,
  );
  item.id = review.sessionId;
  const color = entry === undefined ? undefined : new vscode.ThemeColor(sessionColor(entry.number));
  item.iconPath = new vscode.ThemeIcon('robot', color);
  item.description = shortTime(new Date(review.createdAt));
  item.tooltip = `${toVisibleLine(review.prompt, 500)}\n${new Date(review.createdAt).toLocaleString()}`;
  item.contextValue = 'airlock.session';
  return item;
}

/** The side bar is narrow: the time of today's sessions, the day of earlier ones. */
function shortTime(date: Date): string {
  return date.toDateString() === new Date().toDateString()
    ? date.toLocaleTimeString(undefined, { timeStyle: 'short' })
    : date.toLocaleDateString();
}

function createRowItem(row: Row): vscode.TreeItem {
  const { t } = vscode.l10n;
  const item = new vscode.TreeItem(rowLabel(row), vscode.TreeItemCollapsibleState.None);
  const uri = changeUri('after', row.review.sessionId, row.path);
  item.id = uri.toString();
  // Not the document itself, whose read-only mark would take the place of the status letter.
  item.resourceUri = uri.with({ query: 'row' });
  item.description = rowDescription(row, t);
  item.tooltip = rowTooltip(row, t);
  item.contextValue = row.reviewed.change.status === 'refused' ? 'airlock.refused' : 'airlock.change';
  item.accessibilityInformation = { label: rowTooltip(row, t).replaceAll('\n', ', ') };
  item.command = {
    command: 'airlock.openDiff',
    title: t('Open Diff'),
    arguments: [{ kind: 'row', row } satisfies ChangesNode],
  };
  return item;
}
