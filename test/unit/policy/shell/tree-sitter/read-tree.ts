import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Language, Parser, type TreeCursor } from '@vscode/tree-sitter-wasm';

/** A node of tree-sitter's tree; places count UTF-16 units. */
export interface TreeNode {
  /** The rule's name, or the sign itself if it has none. */
  readonly type: string;
  readonly named: boolean;
  /** What the node is to its parent. */
  readonly field: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly children: readonly TreeNode[];
}

/** The tree of a text; undefined where tree-sitter found an error or filled a gap, and so has no opinion. */
export type ReadTree = (text: string) => TreeNode | undefined;

const FOLDER = join(process.cwd(), 'node_modules/@vscode/tree-sitter-wasm/wasm');

/** The bash grammar of tree-sitter, compiled to WebAssembly. Throws if it is not installed. */
export async function loadBashGrammar(): Promise<ReadTree> {
  await Parser.init({ locateFile: (file) => join(FOLDER, file) });
  const language = await Language.load(readFileSync(join(FOLDER, 'tree-sitter-bash.wasm')));
  const parser = new Parser();
  parser.setLanguage(language);
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('tree-sitter gave no tree');
    const cursor = tree.walk();
    try {
      return tree.rootNode.hasError ? undefined : copyNode(cursor, text);
    } finally {
      cursor.delete();
      tree.delete();
    }
  };
}

function copyNode(cursor: TreeCursor, source: string): TreeNode {
  const { nodeType: type, nodeIsNamed: named, startIndex: from, endIndex: to } = cursor;
  const field = cursor.currentFieldName ?? undefined;
  const children: TreeNode[] = [];
  if (cursor.gotoFirstChild()) {
    do children.push(copyNode(cursor, source));
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return { type, named, field, from, to, text: source.slice(from, to), children };
}

export function fieldOf({ children }: TreeNode, name: string): TreeNode | undefined {
  return children.find(({ field }) => field === name);
}
