import { type Item, inOrder, joinErrors, negation } from './outline.js';
import { fieldOf, type TreeNode } from './read-tree.js';
import { outlineCompound } from './their-compound.js';
import { outlineRedirect, type Parted } from './their-redirect.js';
import { outlineAssignment, outlineWords, type Sources } from './their-words.js';

/** The outline of what tree-sitter made of `source`. A node that is unknown here is told by its type. */
export function outlineTree(root: TreeNode, source: string): Item[] {
  const sources: Sources = { source, outlineStatements };
  return outlineStatements(root.children, sources);
}

/** The statements of a list, which may hold comments and separators. */
function outlineStatements(nodes: readonly TreeNode[], sources: Sources): Item[] {
  return nodes.flatMap((node): Item[] => {
    if (node.type === 'comment' || [';', '\n', ';;'].includes(node.type)) return [];
    if (!node.named && node.text.trim() === '') return [];
    return [{ label: 'statement', items: outlineStatement(node, sources) }];
  });
}

/** Commands and the operators between them, whichever way they are nested. */
function outlineStatement(node: TreeNode, sources: Sources): Item[] {
  switch (node.type) {
    case 'list':
    case 'pipeline':
      return outlineOperators(node.children, [], sources);
    case 'negated_command':
      return [negation, ...outlineOperators(node.children.slice(1), [], sources)];
    case 'redirected_statement':
      return outlineRedirected(node, sources);
    case 'command':
    case 'variable_assignment':
    case 'variable_assignments':
    case 'declaration_command':
    case 'unset_command':
      return [outlineSimple(node, sources)];
    case 'test_command':
      return [
        node.children[0]?.type === '[[' ? outlineCompound(node, sources) : outlineSimple(node, sources),
      ];
    default:
      return [outlineCompound(node, sources)];
  }
}

function outlineOperators(nodes: readonly TreeNode[], before: readonly Item[], sources: Sources): Item[] {
  let items = [...before];
  for (const node of nodes) {
    if (node.type === 'comment') continue;
    if (node.named) items.push(...outlineStatement(node, sources));
    else if (node.type === '|&') {
      items = addToLast(items, [joinErrors(node.from)]);
      items.push({ label: '|', items: [] });
    } else if (node.text.trim() !== '') items.push({ label: node.type, items: [] });
  }
  return items;
}

/** Redirections belong to the last command before them, and what a here-document's line has behind it follows. */
function outlineRedirected(node: TreeNode, sources: Sources): Item[] {
  const body = fieldOf(node, 'body');
  let items = body === undefined ? [{ label: 'command', items: [] }] : outlineStatement(body, sources);
  for (const child of node.children) {
    if (child === body || child.type === 'comment') continue;
    const { own, behind }: Parted = outlineRedirect(child, sources);
    items = addToLast(items, own);
    items = outlineOperators(behind, items, sources);
  }
  return items;
}

function addToLast(items: readonly Item[], more: readonly Item[]): Item[] {
  const last = items.at(-1);
  if (last === undefined) return [...more];
  const inner = last.label === 'command' ? inOrder([...last.items, ...more]) : [...last.items, ...more];
  return [...items.slice(0, -1), { ...last, items: inner }];
}

function outlineSimple(node: TreeNode, sources: Sources): Item {
  const items: Item[] = [];
  const words: TreeNode[] = [];
  const isPrefix = node.type === 'command' || node.type === 'variable_assignments';
  for (const child of node.type === 'variable_assignment' ? [node] : node.children) {
    if (child.type === 'variable_assignment' && (isPrefix || child === node))
      items.push(outlineAssignment(child, sources));
    else if (child.type.endsWith('_redirect')) items.push(...outlineRedirect(child, sources).own);
    else words.push(child);
  }
  return { label: 'command', items: inOrder([...items, ...outlineWords(words, sources)]) };
}
