import { isSameSummary } from './summary.js';
import type { ChangesNode, HunkNode, MoreNode, RowNode, SessionNode, TreeNode } from './tree-model.js';

/** Of what the tree shows, everything or the topmost nodes that have to be drawn again with what is below them. */
export type Outdated =
  | { readonly kind: 'all' }
  | { readonly kind: 'nodes'; readonly nodes: readonly ChangesNode[] };

type Parent = Exclude<ChangesNode, RowNode | HunkNode | MoreNode>;

/**
 * Keeps the object that stands for a node the same one while its content changes: VS Code knows a node by its object,
 * and can only so draw one node again instead of the whole tree.
 */
export class NodePool {
  #known = new Map<string, ChangesNode>();
  #roots: readonly ChangesNode[] = [];

  get roots(): readonly ChangesNode[] {
    return this.#roots;
  }

  /** Takes a newly built tree; returns what is different from the last. */
  update(roots: readonly (SessionNode | TreeNode)[]): Outdated {
    const known = new Map<string, ChangesNode>();
    const outdated: ChangesNode[] = [];
    const adopted = roots.map((root) => this.#adopt(root, known, outdated));
    const isSame = isSameList(this.#roots, adopted);
    this.#known = known;
    this.#roots = adopted;
    return isSame ? { kind: 'nodes', nodes: outdated } : { kind: 'all' };
  }

  /** Puts what differs at or below the node into `outdated`, or only the node when it is to be drawn again itself. */
  #adopt<T extends SessionNode | TreeNode>(
    fresh: T,
    known: Map<string, ChangesNode>,
    outdated: ChangesNode[],
  ): T {
    const last = this.#known.get(fresh.id);
    const below: ChangesNode[] = [];
    let next = fresh;
    if (isParent(fresh)) {
      const children = fresh.children.map((child) => this.#adopt(child, known, below));
      next = { ...fresh, children };
    }
    if (!isSameKind(last, next)) {
      known.set(next.id, next);
      return next;
    }
    known.set(next.id, last);
    if (isShownAlike(last, next)) outdated.push(...below);
    else outdated.push(last);
    return Object.assign(last, next);
  }
}

function isSameKind<T extends ChangesNode>(last: ChangesNode | undefined, next: T): last is T {
  return last?.kind === next.kind;
}

function isParent(node: ChangesNode): node is Parent {
  return 'children' in node;
}

function isShownAlike(last: ChangesNode, next: ChangesNode): boolean {
  if (last.kind === 'row' && next.kind === 'row')
    return (
      last.row.reviewed === next.row.reviewed &&
      last.row.old === next.row.old &&
      last.isListed === next.isListed
    );
  if (!isParent(last) || !isParent(next)) return false;
  const hasSameLabel = last.kind !== 'folder' || next.kind !== 'folder' || last.label === next.label;
  return (
    hasSameLabel &&
    isSameSummary(last.summary, next.summary) &&
    isSameList<ChangesNode>(last.children, next.children)
  );
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
