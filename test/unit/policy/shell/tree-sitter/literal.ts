import type { TreeNode } from './read-tree.js';

/** The text of a word without quotes and escapes; undefined if something in it is expanded. */
export function literalOf(nodes: readonly TreeNode[]): string | undefined {
  const texts = nodes.map(literalOfNode);
  if (texts.includes(undefined)) return undefined;
  // Braces may be in pieces: whether these make words is the word's whole affair.
  const bare = nodes.map(bareText).join('');
  return /\{.*(?:,|\.\.).*\}/s.test(bare) ? undefined : texts.join('');
}

function literalOfNode(node: TreeNode): string | undefined {
  const { type, text, children } = node;
  switch (type) {
    case 'raw_string':
      return text.slice(1, -1);
    case 'ansi_c_string':
      return text.includes('\\') ? undefined : text.slice(2, -1);
    case 'string': {
      const plain = children.every((child) => !child.named || child.type === 'string_content');
      return plain ? dropEscapes(text.slice(1, -1), /\\(?:\n|([$`"\\]))/g) : undefined;
    }
    case 'concatenation': {
      const texts = children.map(literalOfNode);
      return texts.includes(undefined) ? undefined : texts.join('');
    }
    case 'regex':
    case 'extglob_pattern':
      // Its quotes are not told apart.
      return /['"\\$]/.test(text) ? undefined : literalOfBare(node);
    default:
      return literalOfBare(node);
  }
}

function literalOfBare({ children, text }: TreeNode): string | undefined {
  if (children.length > 0) return undefined;
  const isPattern = text !== '[' && /[*?[]/.test(text.replace(/\\./gs, ''));
  return isPattern ? undefined : dropEscapes(text, /\\(?:\n|([^\n]))/g);
}

function dropEscapes(text: string, pattern: RegExp): string {
  return text.replace(pattern, (_, char: string | undefined) => char ?? '');
}

/** What of a node stands in no quotes. */
function bareText(node: TreeNode): string {
  if (/string$/.test(node.type)) return '';
  return node.children.length > 0 ? node.children.map(bareText).join('') : node.text.replace(/\\./gs, '');
}
