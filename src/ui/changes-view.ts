import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Emitter } from '../base/emitter.js';
import type { FilterState } from './filter-state.js';
import { HunkLoader } from './hunk-loader.js';
import { HunkPeek } from './hunk-peek.js';
import { NodePool, type Outdated } from './node-pool.js';
import { countsText } from './node-text.js';
import type { ReviewStore } from './review-store.js';
import { filterRows, isFiltering, nameFilter } from './row-filter.js';
import type { Row } from './rows.js';
import type { Sessions } from './sessions.js';
import { createItem, MANY_ROWS } from './tree-items.js';
import { buildSession, buildTree, type ChangesNode, childId, type RowNode } from './tree-model.js';

export const changesViewId = 'airlock.changes';

/** Nodes whose box the user has ticked (true) or unticked. */
export type Ticks = readonly (readonly [ChangesNode, boolean])[];

/** Reading the hunks of large files may take so long. */
const SELECTED_WITHIN_MS = 2000;
const LOOK_MS = 20;
const REFRESH_MS = 50;
/** So many are drawn one by one; else the whole tree. */
const MAX_NODES = 100;

/** The pending changes as a tree; one root per session when there are several. */
export class ChangesView implements vscode.TreeDataProvider<ChangesNode>, vscode.Disposable {
  readonly #store: ReviewStore;
  readonly #sessions: Sessions;
  readonly #filter: FilterState;
  readonly #pool = new NodePool();
  readonly #hunks = new HunkLoader();
  readonly #peeking = new HunkPeek(this.#hunks);
  readonly #changed = new vscode.EventEmitter<ChangesNode[] | undefined>();
  readonly #ticked = new Emitter<Ticks>();
  readonly #view: vscode.TreeView<ChangesNode>;
  readonly #unsubscribes: readonly (() => void)[];
  /** The tree is not the one of the store any more. */
  #isStale = true;
  #isLarge = false;
  /** What VS Code is to draw again. */
  #outdated: 'all' | Set<ChangesNode> = new Set();
  #refresh: NodeJS.Timeout | undefined;
  /** One look at the focus at a time. */
  #reading: Promise<readonly ChangesNode[]> = Promise.resolve([]);
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: ReviewStore, sessions: Sessions, filter: FilterState) {
    this.#store = store;
    this.#sessions = sessions;
    this.#filter = filter;
    this.#view = vscode.window.createTreeView(changesViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
      // A tick is a mark in the review: what is ticked in the tree is what the review says.
      manageCheckboxStateManually: true,
    });
    this.#view.onDidChangeCheckboxState(({ items }) =>
      this.#ticked.emit(
        items.map(([node, state]) => [node, state === vscode.TreeItemCheckboxState.Checked] as const),
      ),
    );
    const invalidate = () => {
      this.#isStale = true;
      this.#schedule();
    };
    this.#unsubscribes = [store.onDidChange(invalidate), filter.onDidChange(invalidate)];
    this.#showCounts();
  }

  /** Told what the user ticked. The boxes are drawn again by `redraw`. */
  onDidTick(listener: (ticks: Ticks) => void): () => void {
    return this.#ticked.on(listener);
  }

  get selection(): readonly ChangesNode[] {
    return this.#view.selection;
  }

  /** The only selected node. While the tree is drawn again nothing seems to be selected, so this waits a little. */
  async selected(): Promise<ChangesNode | undefined> {
    for (let waited = 0; this.#view.selection.length === 0 && waited < SELECTED_WITHIN_MS; waited += LOOK_MS)
      await delay(LOOK_MS);
    const [node, ...others] = this.#view.selection;
    return others.length === 0 ? node : undefined;
  }

  /**
   * What a key pressed in the tree is meant for: the node with the focus, or the selected ones when it is one of them.
   * The editor's API does not tell the focus; but it is what `list.toggleSelection` selects or unselects.
   */
  focused(): Promise<readonly ChangesNode[]> {
    this.#reading = this.#reading.then(async () => {
      const before = this.#view.selection;
      await vscode.commands.executeCommand('list.toggleSelection');
      const after = this.#view.selection;
      await vscode.commands.executeCommand('list.toggleSelection');
      const [focus] = [...before, ...after].filter((node) => before.includes(node) !== after.includes(node));
      return focus === undefined || before.includes(focus) ? before : [focus];
    });
    return this.#reading;
  }

  /** The rows that the filter lets through, in the order of the tree. */
  shownRows(): readonly Row[] {
    return this.#store.list().flatMap((review) => filterRows(this.#store.index(review), this.#filter.value));
  }

  /** Draws nodes again although nothing about them is known to have changed. */
  redraw(nodes: Iterable<ChangesNode>): void {
    this.#note({ kind: 'nodes', nodes: [...nodes] });
    this.#schedule();
  }

  getChildren(node?: ChangesNode): ChangesNode[] | Promise<ChangesNode[]> {
    if (node === undefined) {
      this.#update();
      return [...this.#pool.roots];
    }
    switch (node.kind) {
      case 'row':
        return this.#openRow(node);
      case 'hunk':
      case 'more':
        return [];
      default:
        return [...node.children];
    }
  }

  getTreeItem(node: ChangesNode): vscode.TreeItem {
    if (node.kind === 'row' && !this.#isLarge) this.#peeking.add(node, () => this.redraw([node]));
    return createItem(node, {
      hunks: this.#hunks,
      sessionOf: ({ review }) => this.#sessions.find(review.sessionId),
      startsCollapsed: this.#isLarge,
    });
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
    this.#view.dispose();
    this.#changed.dispose();
  }

  async #openRow(node: RowNode): Promise<ChangesNode[]> {
    const { row, id } = node;
    if (!this.#hunks.maySplit(row)) return [];
    const { shown, count } = await this.#hunks.load(row);
    // It cannot be opened, now that this is known.
    if (count < 2) {
      this.redraw([node]);
      return [];
    }
    const hunks = shown.map((hunk): ChangesNode => ({ kind: 'hunk', id: childId(id, hunk.key), row, hunk }));
    const more = count - shown.length;
    return more === 0 ? hunks : [...hunks, { kind: 'more', id: childId(id, 'more'), row, count: more }];
  }

  /** Builds the tree anew when the store or the filter has changed. */
  #update(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    const shown = this.#store
      .list()
      .map((review) => ({ review, rows: filterRows(this.#store.index(review), this.#filter.value) }))
      .filter(({ rows }) => rows.length > 0);
    const count = shown.reduce((sum, { rows }) => sum + rows.length, 0);
    this.#isLarge = count > MANY_ROWS;
    const roots =
      shown.length > 1
        ? shown.map(({ review, rows }) => buildSession(review, rows))
        : shown.flatMap(({ rows }) => buildTree(rows));
    this.#note(this.#pool.update(roots));
  }

  #note(outdated: Outdated): void {
    if (outdated.kind === 'all') this.#outdated = 'all';
    else if (this.#outdated !== 'all') for (const node of outdated.nodes) this.#outdated.add(node);
  }

  /** A review of thousands of files reports each decision: one refresh for many. */
  #schedule(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      this.#update();
      const outdated = this.#outdated;
      this.#outdated = new Set();
      // Each node is compared with every other one.
      if (outdated === 'all' || outdated.size > MAX_NODES) this.#changed.fire(undefined);
      else if (outdated.size > 0) this.#changed.fire([...outdated]);
      this.#showCounts();
    }, REFRESH_MS);
  }

  #showCounts(): void {
    const { t } = vscode.l10n;
    const summary = this.#store.summary();
    const { files } = summary;
    const tooltip = files === 1 ? t('1 pending change') : t('{0} pending changes', files);
    this.#view.badge = files > 0 ? { value: files, tooltip } : undefined;
    const { kind, text } = this.#filter.value;
    if (!isFiltering(this.#filter.value)) {
      this.#view.description = files > 0 ? countsText(summary) : '';
      return;
    }
    const parts = [kind === 'all' ? undefined : nameFilter(kind, t), text === '' ? undefined : `"${text}"`];
    const named = parts.filter((part) => part !== undefined).join(', ');
    const shown = this.shownRows().length;
    this.#view.description =
      kind === 'decided' ? t('{0}: {1}', named, shown) : t('{0}: {1} of {2}', named, shown, files);
  }
}
