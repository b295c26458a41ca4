import type { Item } from './outline.js';
import type { TreeNode } from './read-tree.js';
import { outlineWords, type Sources } from './their-words.js';

/** What stands in `$((…))`. */
export function outlineArithmetic(nodes: readonly TreeNode[]): Item[] {
  return nodes.map((node) => {
    const { children, from, text } = node;
    switch (node.type) {
      case 'number':
        return { label: text, items: [] };
      case 'variable_name':
      case 'simple_expansion':
        // In some places digits are a name to it.
        return /^\d+$/.test(text) ? { label: text, items: [] } : { label: text, offset: from, items: [] };
      default:
        return (
          outlineOperator(children, node.type, outlineArithmetic) ?? { label: `?${node.type}`, items: [] }
        );
    }
  });
}

/** What stands in `[[ … ]]`. */
export function outlineCondition(nodes: readonly TreeNode[], sources: Sources): Item[] {
  return nodes.map((node) => {
    const operator = node.children.find(({ field }) => field === 'operator');
    const compares = operator !== undefined && !['!', '&&', '||'].includes(operator.type);
    const outline = (inner: readonly TreeNode[]) =>
      compares ? outlineWords(inner, sources) : outlineCondition(inner, sources);
    return (
      outlineOperator(node.children, node.type, outline) ?? {
        label: '-n',
        items: outlineWords([node], sources),
      }
    );
  });
}

type OutlineOperands = (nodes: readonly TreeNode[]) => Item[];

function outlineOperator(
  children: readonly TreeNode[],
  type: string,
  outline: OutlineOperands,
): Item | undefined {
  const [first, second, third, fourth, fifth] = children;
  switch (type) {
    case 'parenthesized_expression':
      return { label: '()', items: outline(children.slice(1, -1)) };
    case 'unary_expression':
      return { label: first?.text ?? '', items: outline(children.slice(1)) };
    case 'binary_expression': {
      const label = second?.text === '=' ? '==' : (second?.text ?? '');
      return { label, items: outline([first, third, fourth, fifth].filter((node) => node !== undefined)) };
    }
    case 'ternary_expression':
      return { label: '?:', items: outline(children.filter(({ named }) => named)) };
    default:
      return undefined;
  }
}
