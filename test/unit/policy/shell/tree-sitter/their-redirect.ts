import { literalOf } from './literal.js';
import type { Item } from './outline.js';
import { fieldOf, type TreeNode } from './read-tree.js';
import { outlineExpansions, outlineWords, type Sources } from './their-words.js';

/** A redirection with what tree-sitter takes for its own and is the command's. */
export interface Parted {
  /** The redirection and words behind its target, which are arguments. */
  readonly own: readonly Item[];
  /** Operators and statements on the line of a here-document. */
  readonly behind: readonly TreeNode[];
}

export function outlineRedirect(node: TreeNode, sources: Sources): Parted {
  switch (node.type) {
    case 'file_redirect':
      return { own: outlineFile(node, sources), behind: [] };
    case 'herestring_redirect': {
      const given = node.children.slice(operatorOf(node).index + 1);
      const literal = literalOf(given);
      const text = literal === undefined ? undefined : `${literal}\n`;
      return { own: [{ ...outlineText(node, '<<<', outlineExpansions(given, sources)), text }], behind: [] };
    }
    case 'heredoc_redirect':
      return outlineHeredoc(node, sources);
    default:
      return { own: [{ label: `?${node.type}`, offset: node.from, items: [] }], behind: [] };
  }
}

function operatorOf(node: TreeNode): { readonly operator: string; readonly index: number } {
  const index = node.children.findIndex(({ named }) => !named);
  return { operator: node.children[index]?.type ?? '', index };
}

function descriptorOf(node: TreeNode, otherwise: number): string {
  return fieldOf(node, 'descriptor')?.text ?? String(otherwise);
}

function outlineFile(node: TreeNode, sources: Sources): Item[] {
  const { operator, index } = operatorOf(node);
  const [target, ...args] = outlineWords(node.children.slice(index + 1), sources);
  const fd = descriptorOf(node, operator.startsWith('<') ? 0 : 1);
  const offset = node.from;
  const items = target === undefined ? [] : [target];
  if (operator === '>&' || operator === '<&') {
    return [{ label: `${fd}>&`, text: target?.text ?? '?', offset, items: [] }, ...args];
  }
  const label = operator.startsWith('&') ? operator : `${fd}${operator === '>|' ? '>' : operator}`;
  return [{ label, offset, items }, ...args];
}

function outlineHeredoc(node: TreeNode, sources: Sources): Parted {
  const body = node.children.find(({ type }) => type === 'heredoc_body');
  const expansions = body === undefined ? [] : outlineExpansions([body], sources);
  const own: Item[] = [{ ...outlineText(node, '<<', expansions), text: heredocText(node, body) }];
  const behind: TreeNode[] = [];
  const words: TreeNode[] = [];
  for (const child of node.children) {
    const { field } = child;
    if (child.type.endsWith('_redirect')) own.push(...outlineRedirect(child, sources).own);
    else if (child.type === 'pipeline') behind.push(...child.children);
    else if (field === 'operator' || field === 'right') behind.push(child);
    else if (field === 'argument') words.push(child);
  }
  return { own: [...own, ...outlineWords(words, sources)], behind };
}

/** Known if the delimiter is quoted, so that nothing in the text means anything. */
function heredocText({ children }: TreeNode, body: TreeNode | undefined): string | undefined {
  const start = children.find(({ type }) => type === 'heredoc_start')?.text ?? '';
  const plain = children.some(({ type }) => type === '<<') && /['"\\]/.test(start);
  return plain ? (body?.text ?? '') : undefined;
}

function outlineText(node: TreeNode, operator: string, expansions: readonly Item[]): Item {
  return { label: `${descriptorOf(node, 0)}${operator}`, offset: node.from, items: expansions };
}
