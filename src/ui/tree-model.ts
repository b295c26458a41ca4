import type { Row } from './rows.js';

export interface FolderNode {
  readonly kind: 'folder';
  /** Path below the workspace; with the session it identifies the node. */
  readonly path: string;
  /** What to show: several levels when there is nothing beside them. */
  readonly label: string;
  readonly sessionId: string;
  readonly children: readonly TreeNode[];
}

export interface RowNode {
  readonly kind: 'row';
  readonly row: Row;
}

export type TreeNode = FolderNode | RowNode;

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly rows: Row[];
}

/** Rows of one review as folders and files; a folder that only holds one folder is joined with it. */
export function buildTree(rows: readonly Row[]): readonly TreeNode[] {
  const root = createFolder();
  for (const row of rows) {
    let folder = root;
    for (const part of row.path.split('/').slice(0, -1)) {
      const next = folder.folders.get(part) ?? createFolder();
      folder.folders.set(part, next);
      folder = next;
    }
    folder.rows.push(row);
  }
  return toNodes(root, '', rows[0]?.review.sessionId ?? '');
}

function createFolder(): Folder {
  return { folders: new Map(), rows: [] };
}

function toNodes(folder: Folder, parent: string, sessionId: string): readonly TreeNode[] {
  const folders = [...folder.folders].map(([name, child]): FolderNode => {
    let label = name;
    let inner = child;
    for (let only = onlyFolder(inner); only !== undefined; only = onlyFolder(inner)) {
      label = `${label}/${only[0]}`;
      inner = only[1];
    }
    const path = parent === '' ? label : `${parent}/${label}`;
    return { kind: 'folder', path, label, sessionId, children: toNodes(inner, path, sessionId) };
  });
  return [...folders, ...folder.rows.map((row): RowNode => ({ kind: 'row', row }))];
}

function onlyFolder(folder: Folder): [string, Folder] | undefined {
  if (folder.rows.length > 0 || folder.folders.size !== 1) return undefined;
  return [...folder.folders][0];
}
