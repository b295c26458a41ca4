import { isSameRow, type Row } from './rows.js';
import type { ChangesNode, HunkNode } from './tree-model.js';

/** What a number of nodes stand for, each thing once: whole rows, and hunks of other rows. */
export interface ChosenParts {
  readonly rows: readonly Row[];
  readonly hunks: readonly HunkNode[];
}

/** The rows at and below a node. Those of a hunk are none: it is a part of one. */
export function rowsOf(node: ChangesNode): readonly Row[] {
  switch (node.kind) {
    case 'row':
      return [node.row];
    case 'session':
    case 'group':
    case 'folder':
      return node.children.flatMap((child: ChangesNode) => rowsOf(child));
    case 'hunk':
    case 'more':
      return [];
  }
}

/** A node that lies below another one counts once. */
export function chooseParts(nodes: readonly ChangesNode[]): ChosenParts {
  const rows: Row[] = [];
  const seen = new Set<string>();
  for (const row of nodes.flatMap(rowsOf)) {
    const id = `${row.review.sessionId}/${row.path}`;
    if (!seen.has(id)) rows.push(row);
    seen.add(id);
  }
  const hunks = nodes.filter((node) => node.kind === 'hunk');
  return { rows, hunks: hunks.filter(({ row }) => !rows.some((other) => isSameRow(row, other))) };
}
