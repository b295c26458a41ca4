import type { Item } from './outline.js';
import { fieldOf, type TreeNode } from './read-tree.js';
import { outlineCondition } from './their-expression.js';
import { outlineRedirect } from './their-redirect.js';
import { outlineWords, type Sources } from './their-words.js';

export function outlineCompound(node: TreeNode, sources: Sources): Item {
  const { children, from: offset } = node;
  const first = children[0]?.type ?? '';
  const inside = (nodes: readonly TreeNode[]) => sources.outlineStatements(nodes, sources);
  switch (node.type) {
    case 'subshell':
      return { label: '(', offset, items: inside(children.slice(1, -1)) };
    case 'compound_statement':
      return { label: first, offset, items: inside(children.slice(1, -1)) };
    case 'for_statement':
      return outlineFor(node, sources);
    case 'while_statement': {
      const condition = children.slice(1).filter(({ type }) => type !== 'do_group');
      return {
        label: first,
        offset,
        items: [{ label: 'condition', items: inside(condition) }, body(node, inside)],
      };
    }
    case 'if_statement':
      return { label: 'if', offset, items: outlineBranches(children, inside) };
    case 'case_statement':
      return outlineCase(node, sources);
    case 'test_command':
      return { label: first, offset, items: outlineCondition(children.slice(1, -1), sources) };
    case 'file_redirect':
      return { label: 'command', items: outlineRedirect(node, sources).own };
    default:
      return { label: `?${node.type}`, offset, items: [] };
  }
}

type Inside = (nodes: readonly TreeNode[]) => Item[];

function body(node: TreeNode, inside: Inside): Item {
  const group = fieldOf(node, 'body');
  return { label: 'do', items: inside(group?.children.slice(1, -1) ?? []) };
}

function outlineFor(node: TreeNode, sources: Sources): Item {
  const [keyword, variable] = node.children;
  const words = node.children.filter(({ field }) => field === 'value');
  const inside: Inside = (nodes) => sources.outlineStatements(nodes, sources);
  return {
    label: `${keyword?.type ?? ''} ${variable?.text ?? ''}`,
    offset: node.from,
    items: [...outlineWords(words, sources), body(node, inside)],
  };
}

const blocks: ReadonlyMap<string, string> = new Map([
  ['if', 'condition'],
  ['elif', 'condition'],
  ['then', 'then'],
  ['else', 'else'],
]);

function outlineBranches(nodes: readonly TreeNode[], inside: Inside): Item[] {
  const flat = nodes.flatMap((node) => (node.type.endsWith('_clause') ? node.children : [node]));
  const items: Item[] = [];
  let from = 0;
  for (let at = 1; at < flat.length; at += 1) {
    const type = flat[at]?.type ?? '';
    if (flat[at]?.named || !(blocks.has(type) || type === 'fi')) continue;
    items.push({ label: blocks.get(flat[from]?.type ?? '') ?? '?', items: inside(flat.slice(from + 1, at)) });
    from = at;
  }
  return items;
}

function outlineCase(node: TreeNode, sources: Sources): Item {
  const subject = fieldOf(node, 'value');
  const arms = node.children.filter(({ type }) => type === 'case_item');
  const items = outlineWords(subject === undefined ? [] : [subject], sources);
  return {
    label: 'case',
    offset: node.from,
    items: [...items, ...arms.map((arm) => ({ label: 'arm', items: outlineArm(arm, sources) }))],
  };
}

function outlineArm({ children }: TreeNode, sources: Sources): Item[] {
  const end = children.findIndex(({ type }) => type === ')');
  const patterns = children.slice(0, end).filter(({ type }) => type !== '(' && type !== '|');
  return [...outlineWords(patterns, sources), ...sources.outlineStatements(children.slice(end + 1), sources)];
}
