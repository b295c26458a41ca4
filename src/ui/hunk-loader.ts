import { type HunkView, toHunkView } from './hunk-view.js';
import { isUndecided, type Row, rowKey } from './rows.js';

export interface LoadedHunks {
  /** The first of them, no more than a tree can hold. */
  readonly shown: readonly HunkView[];
  /** How many there are. */
  readonly count: number;
}

/** Children of one row in the tree. */
const MAX_SHOWN = 200;
/** Files whose hunks are remembered. */
const MAX_FILES = 400;
/** Above this a file is looked at in the diff editor only. */
const MAX_BYTES = 1024 * 1024;

/** The hunks of rows, read when they are asked for and kept for as long as the proposal is the same. */
export class HunkLoader {
  readonly #loaded = new Map<string, LoadedHunks>();

  /** How many hunks the row has, when they were read. */
  count(row: Row): number | undefined {
    return this.#loaded.get(identify(row))?.count;
  }

  /** Whether the row may have several, as far as is known without reading it. */
  maySplit(row: Row): boolean {
    const known = this.count(row);
    return known === undefined ? mayHaveSeveral(row) : known > 1;
  }

  async load(row: Row): Promise<LoadedHunks> {
    const id = identify(row);
    const known = this.#loaded.get(id);
    if (known !== undefined) return known;
    const hunks = await row.review.hunks(row.path);
    const loaded = { shown: hunks.slice(0, MAX_SHOWN).map(toHunkView), count: hunks.length };
    // Read while the proposal became another one: not the hunks of this row.
    const current = row.review.get(row.path);
    if (current === undefined || identify({ ...row, reviewed: current }) !== id) return loaded;
    this.#loaded.set(id, loaded);
    const [oldest] = this.#loaded.keys();
    if (this.#loaded.size > MAX_FILES && oldest !== undefined) this.#loaded.delete(oldest);
    return loaded;
  }
}

function mayHaveSeveral({ reviewed, old }: Row): boolean {
  const { before, after, status, binary, added, removed } = reviewed.change;
  if (old !== undefined || status !== 'modified' || binary || !isUndecided(reviewed)) return false;
  if (before.kind !== 'file' || after.kind !== 'file' || added + removed === 1) return false;
  return before.size <= MAX_BYTES && after.size <= MAX_BYTES;
}

function identify(row: Row): string {
  return `${row.review.sessionId}\0${rowKey(row)}`;
}
