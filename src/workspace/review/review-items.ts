import { join } from 'node:path';
import { errors } from '../../base/errors.js';
import { reviewErrors } from '../../base/review-errors.js';
import type { WorkspacePath } from '../../base/workspace-path.js';
import type { ChangeDecision, FileState } from '../changes.js';
import { withLock } from '../lock-file.js';
import {
  type Feedback,
  REVIEW_FILE,
  type ReviewFile,
  type ReviewItem,
  readStamp,
  removeReviewFiles,
  saveReviewFile,
} from './review-file.js';

/** Longer than an apply waits for the workspace. */
const WAIT_MS = 30_000;

/** What a review is opened with. */
export interface StoredItems {
  readonly file: ReviewFile;
  /** Of the file as it is stored; see `readStamp`. */
  readonly stamp: string | undefined;
  /** Reads them anew; undefined when they cannot be. */
  readonly reload: () => Promise<Omit<StoredItems, 'reload'> | undefined>;
}

/** The items of a review, in memory and on the disk. */
export class ReviewItems {
  readonly #reload: StoredItems['reload'];
  readonly #file: ReviewFile;
  /** What Airlock wrote to the real workspace. */
  #written: Map<WorkspacePath, FileState>;
  feedback: readonly Feedback[];
  #items: Map<WorkspacePath, ReviewItem>;
  /** Of the stored file that these items are. */
  #stamp: string | undefined;
  #discarded = false;

  constructor(
    readonly dir: string,
    { file, stamp, reload }: StoredItems,
    /** Looks through what is new, and gives it back with what was found. */
    readonly assess: (items: readonly ReviewItem[]) => Promise<readonly ReviewItem[]>,
  ) {
    this.#file = file;
    this.#stamp = stamp;
    this.#reload = reload;
    this.#written = new Map(file.written);
    this.feedback = file.feedback ?? [];
    this.#items = new Map(file.items.map((item) => [item.change.path, item]));
  }

  get written(): Map<WorkspacePath, FileState> {
    return this.#written;
  }

  /** Does a step on the newest stored items, while no other process does one. */
  async exclusively<T>(step: () => Promise<T>): Promise<T> {
    // Another process may have discarded it: no lock, and so no folder, is made for it then.
    if (this.#discarded || (await this.#isGone())) return step();
    const location = join(this.dir, `${REVIEW_FILE}.lock`);
    const work = async () => {
      await this.#refresh();
      return step();
    };
    return withLock(location, WAIT_MS, work, reviewErrors.busy);
  }

  get isDiscarded(): boolean {
    return this.#discarded;
  }

  /** Whether another process has saved since. */
  async isStale(): Promise<boolean> {
    return !this.#discarded && (await readStamp(this.dir)) !== this.#stamp;
  }

  get all(): ReadonlyMap<WorkspacePath, ReviewItem> {
    return this.#items;
  }

  values(): readonly ReviewItem[] {
    return [...this.#items.values()];
  }

  get(path: WorkspacePath): ReviewItem | undefined {
    return this.#items.get(path);
  }

  /** Throws for a path without a change. */
  require(path: WorkspacePath): ReviewItem {
    const item = this.#items.get(path);
    if (item === undefined) throw errors.applyFailed(path, 'there is no such change any more');
    return item;
  }

  set(item: ReviewItem): void {
    this.#items.set(item.change.path, item);
  }

  replaceAll(items: ReadonlyMap<WorkspacePath, ReviewItem>): void {
    this.#items = new Map(items);
  }

  decide(item: ReviewItem, decision: ChangeDecision, conflict?: string): void {
    const { conflict: _, ...rest } = item;
    this.set(conflict === undefined ? { ...rest, decision } : { ...rest, decision, conflict });
  }

  /** What is on the disk has been looked through. */
  async save(): Promise<void> {
    if (this.#discarded) return;
    for (const item of await this.assess(this.values())) this.set(item);
    const { feedback, written } = this;
    await saveReviewFile(this.dir, {
      ...this.#file,
      items: [...this.values()],
      written: [...written],
      feedback: [...feedback],
    });
    this.#stamp = await readStamp(this.dir);
  }

  async discard(): Promise<void> {
    this.#forget();
    await removeReviewFiles(this.dir);
  }

  async #isGone(): Promise<boolean> {
    if ((await readStamp(this.dir)) !== undefined) return false;
    this.#forget();
    return true;
  }

  async #refresh(): Promise<void> {
    if ((await readStamp(this.dir)) === this.#stamp) return;
    const stored = await this.#reload();
    // What was damaged since is written anew with the next save.
    if (stored === undefined) return;
    this.#written = new Map(stored.file.written);
    this.feedback = stored.file.feedback ?? [];
    this.#items = new Map(stored.file.items.map((item) => [item.change.path, item]));
    this.#stamp = stored.stamp;
  }

  #forget(): void {
    this.#discarded = true;
    this.#items = new Map();
  }
}
