import { rowLabel } from '../../../src/ui/row-text.js';
import type { ChangesNode } from '../../../src/ui/tree-model.js';

/** The nodes as lines, indented by their depth. */
export function outline(nodes: readonly ChangesNode[], indent = ''): string[] {
  return nodes.flatMap((node) => {
    if (!('children' in node)) return [`${indent}${nameOf(node)}`];
    return [`${indent}${nameOf(node)}/`, ...outline(node.children, `${indent} `)];
  });
}

function nameOf(node: ChangesNode): string {
  if (node.kind === 'row') return rowLabel(node.row);
  if (node.kind === 'folder') return node.label;
  return node.kind === 'group' ? `<${node.group}>` : node.id;
}
