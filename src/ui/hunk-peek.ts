import type { HunkLoader } from './hunk-loader.js';
import type { RowNode } from './tree-model.js';

/** Above this a file is only looked into when it is opened. */
const MAX_BYTES = 64 * 1024;

/**
 * Looks into the small files that the tree has just drawn, one after the other in the background: one that turns out
 * to have a single hunk cannot be opened. Not meant for a large tree.
 */
export class HunkPeek {
  readonly #hunks: HunkLoader;
  readonly #waiting = new Map<string, { readonly node: RowNode; readonly onNews: () => void }>();
  #isRunning = false;

  constructor(hunks: HunkLoader) {
    this.#hunks = hunks;
  }

  /** `onNews` is called when the row is to be shown in another way, now that its hunks are known. */
  add(node: RowNode, onNews: () => void): void {
    const { row, id } = node;
    const { before, after } = row.reviewed.change;
    const isSmall = [before, after].every((state) => state.kind !== 'file' || state.size <= MAX_BYTES);
    if (!isSmall || this.#hunks.count(row) !== undefined || !this.#hunks.maySplit(row)) return;
    this.#waiting.set(id, { node, onNews });
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (const [id, { node, onNews }] of this.#waiting) {
      this.#waiting.delete(id);
      // What cannot be read says so when the row is opened.
      const loaded = await this.#hunks.load(node.row).catch(() => undefined);
      if (loaded !== undefined && (loaded.count < 2 || node.row.reviewed.mark.kind === 'hunks')) onNews();
    }
    this.#isRunning = false;
  }
}
