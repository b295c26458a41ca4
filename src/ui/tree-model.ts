import type { Review } from '../workspace/review/review-api.js';
import type { HunkView } from './hunk-view.js';
import { type Row, type RowGroup, rowGroup } from './rows.js';
import { addSummaries, type Summary, summarizeRow } from './summary.js';

interface Node {
  /** Unique in the whole tree, and the same for as long as the thing is there. */
  readonly id: string;
}

/** The changes of one session, where there are several. */
export interface SessionNode extends Node {
  readonly kind: 'session';
  readonly review: Review;
  readonly children: readonly TreeNode[];
  readonly summary: Summary;
}

/** What is shown before everything else: one list, without folders. */
export interface GroupNode extends Node {
  readonly kind: 'group';
  readonly group: Exclude<RowGroup, 'others'>;
  readonly children: readonly RowNode[];
  readonly summary: Summary;
}

export interface FolderNode extends Node {
  readonly kind: 'folder';
  /** Path below the workspace. */
  readonly path: string;
  /** What to show: several levels when there is nothing beside them. */
  readonly label: string;
  readonly children: readonly (FolderNode | RowNode)[];
  readonly summary: Summary;
}

export interface RowNode extends Node {
  readonly kind: 'row';
  readonly row: Row;
  /** Shown in a list without folders, so its own has to be named. */
  readonly isListed: boolean;
}

/** One hunk of a row; children of a row are made when it is opened. */
export interface HunkNode extends Node {
  readonly kind: 'hunk';
  readonly row: Row;
  readonly hunk: HunkView;
}

/** Stands for the hunks that are too many for the tree. */
export interface MoreNode extends Node {
  readonly kind: 'more';
  readonly row: Row;
  readonly count: number;
}

export type TreeNode = GroupNode | FolderNode | RowNode;
export type ChangesNode = SessionNode | TreeNode | HunkNode | MoreNode;

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly rows: Row[];
}

/** A session with its rows below it. */
export function buildSession(review: Review, rows: readonly Row[]): SessionNode {
  const children = buildTree(rows);
  return { kind: 'session', id: review.sessionId, review, children, summary: sumOf(children) };
}

/**
 * Rows of one review, in the order of `listRows`: the groups first, then folders and files; a folder that only holds
 * one folder is joined with it.
 */
export function buildTree(rows: readonly Row[]): readonly TreeNode[] {
  const sessionId = rows[0]?.review.sessionId ?? '';
  const listed = { protected: [] as Row[], conflicts: [] as Row[] };
  const root = createFolder();
  for (const row of rows) {
    const group = rowGroup(row);
    if (group === 'others') placeRow(root, row);
    else listed[group].push(row);
  }
  return [
    ...toGroup('protected', listed.protected, sessionId),
    ...toGroup('conflicts', listed.conflicts, sessionId),
    ...toNodes(root, '', sessionId),
  ];
}

/** No path has an empty part, so nothing of a workspace can have the id of a group or of a hunk. */
export function childId(id: string, name: string): string {
  return `${id}//${name}`;
}

function placeRow(root: Folder, row: Row): void {
  let folder = root;
  for (const part of row.path.split('/').slice(0, -1)) {
    const next = folder.folders.get(part) ?? createFolder();
    folder.folders.set(part, next);
    folder = next;
  }
  folder.rows.push(row);
}

function toGroup(group: GroupNode['group'], rows: readonly Row[], sessionId: string): readonly GroupNode[] {
  if (rows.length === 0) return [];
  const children = rows.map((row) => toRow(row, true));
  return [{ kind: 'group', id: childId(sessionId, group), group, children, summary: sumOf(children) }];
}

function toNodes(folder: Folder, parent: string, sessionId: string): readonly (FolderNode | RowNode)[] {
  const folders = [...folder.folders].map(([name, child]): FolderNode => {
    let label = name;
    let inner = child;
    for (let only = onlyFolder(inner); only !== undefined; only = onlyFolder(inner)) {
      label = `${label}/${only[0]}`;
      inner = only[1];
    }
    const path = parent === '' ? label : `${parent}/${label}`;
    const children = toNodes(inner, path, sessionId);
    return { kind: 'folder', id: `${sessionId}/${path}/`, path, label, children, summary: sumOf(children) };
  });
  return [...folders, ...folder.rows.map((row) => toRow(row, false))];
}

function toRow(row: Row, isListed: boolean): RowNode {
  return { kind: 'row', id: `${row.review.sessionId}/${row.path}`, row, isListed };
}

function sumOf(nodes: readonly TreeNode[]): Summary {
  return addSummaries(nodes.map((node) => (node.kind === 'row' ? summarizeRow(node.row) : node.summary)));
}

function createFolder(): Folder {
  return { folders: new Map(), rows: [] };
}

function onlyFolder(folder: Folder): [string, Folder] | undefined {
  if (folder.rows.length > 0 || folder.folders.size !== 1) return undefined;
  return [...folder.folders][0];
}
