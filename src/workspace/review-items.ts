import { errors } from '../base/errors.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import type { ChangeDecision, FileState } from './changes.js';
import {
  type Feedback,
  type ReviewFile,
  type ReviewItem,
  removeReviewFiles,
  saveReviewFile,
} from './review-file.js';

/** The items of a review, in memory and on the disk. */
export class ReviewItems {
  /** What Airlock wrote to the real workspace. */
  readonly written: Map<WorkspacePath, FileState>;
  feedback: readonly Feedback[];
  #items: Map<WorkspacePath, ReviewItem>;
  #discarded = false;

  constructor(
    readonly dir: string,
    readonly file: ReviewFile,
    /** Looks through what is new, and gives it back with what was found. */
    readonly assess: (items: readonly ReviewItem[]) => Promise<readonly ReviewItem[]>,
  ) {
    this.written = new Map(file.written);
    this.feedback = file.feedback ?? [];
    this.#items = new Map(file.items.map((item) => [item.change.path, item]));
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
      ...this.file,
      items: [...this.values()],
      written: [...written],
      feedback: [...feedback],
    });
  }

  async discard(): Promise<void> {
    this.#discarded = true;
    this.#items = new Map();
    await removeReviewFiles(this.dir);
  }
}
