import { literalOf } from './literal.js';
import { type Item, isBracesOnly } from './outline.js';
import type { TreeNode } from './read-tree.js';
import { outlineArithmetic } from './their-expression.js';

/** What the outline of a word needs: the text, and how the statements inside it are told. */
export interface Sources {
  readonly source: string;
  readonly outlineStatements: (nodes: readonly TreeNode[], sources: Sources) => Item[];
}

/** The words that the nodes make; what touches is one word. */
export function outlineWords(nodes: readonly TreeNode[], sources: Sources): Item[] {
  return joinTouching(nodes.flatMap(listLeaves), sources).flatMap((group) => {
    const text = textOf(group, sources);
    if (isBracesOnly(text)) return [];
    const offset = group[0]?.from ?? 0;
    return [{ label: 'word', text: literalOf(group), offset, items: outlineExpansions(group, sources) }];
  });
}

export function outlineAssignment(node: TreeNode, sources: Sources): Item {
  const [name, operator, ...value] = node.children;
  const label = `${name?.text ?? ''}${operator?.text ?? ''}`;
  return { label, text: literalOf(value), offset: node.from, items: outlineExpansions(value, sources) };
}

/** What is expanded in the nodes, outermost only. */
export function outlineExpansions(nodes: readonly TreeNode[], sources: Sources): Item[] {
  return nodes.flatMap(
    (node) => outlineExpansion(node, sources) ?? outlineExpansions(node.children, sources),
  );
}

function outlineExpansion(node: TreeNode, sources: Sources): Item[] | undefined {
  const { type } = node;
  // Inside quotes a node begins with the blanks before it.
  const text = node.text.trimStart();
  const offset = node.to - text.length;
  switch (type) {
    case 'simple_expansion':
      return [{ label: text, offset, items: [] }];
    case 'expansion':
      return [outlineParameter(node, offset, sources)];
    case 'command_substitution':
      return [{ label: '$()', offset, items: outlineInside(node, sources) }];
    case 'arithmetic_expansion':
      return [{ label: '$(())', offset, items: outlineArithmetic(node.children.slice(1, -1)) }];
    case 'process_substitution':
    case 'translated_string':
      return [{ label: `?${type}`, offset, items: [] }];
    default:
      return undefined;
  }
}

/** `${NAME}`, `${#NAME}` and `${NAME` with an operator and a word. */
function outlineParameter({ children }: TreeNode, offset: number, sources: Sources): Item {
  const [first, second, ...rest] = children.slice(1, -1);
  if (first?.type === '#' && second !== undefined && rest.length === 0)
    return { label: `\${#${second.text}}`, offset, items: [] };
  const name = first?.text ?? '';
  if (second === undefined) return { label: `$${name}`, offset, items: [] };
  const word = { label: 'word', text: literalOf(rest), items: outlineExpansions(rest, sources) };
  return { label: `\${${name}${second.text}}`, offset, items: [word] };
}

function outlineInside(node: TreeNode, sources: Sources): Item[] {
  const statements = node.children.slice(1, -1);
  return sources.outlineStatements(statements, sources);
}

const inner = new Set([
  ...['command_name', 'unary_expression', 'binary_expression', 'ternary_expression', 'postfix_expression'],
  ...['parenthesized_expression', 'variable_assignment'],
]);

/** The literals and signs that stand in a row: `[ a = b ]` has five. */
function listLeaves(node: TreeNode): TreeNode[] {
  if (node.type === 'comment') return [];
  return inner.has(node.type) ? node.children.flatMap(listLeaves) : [node];
}

function joinTouching(nodes: readonly TreeNode[], { source }: Sources): TreeNode[][] {
  const groups: TreeNode[][] = [];
  let end = -1;
  for (const node of nodes) {
    const touches = end >= 0 && /^(?:\\\n)*$/.test(source.slice(end, node.from));
    if (touches) groups.at(-1)?.push(node);
    else groups.push([node]);
    end = node.to;
  }
  return groups;
}

function textOf(nodes: readonly TreeNode[], { source }: Sources): string {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) return '';
  return source.slice(first.from, last.to).replaceAll('\\\n', '');
}
