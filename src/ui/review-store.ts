import { Emitter } from '../base/emitter.js';
import type { Review } from '../workspace/review/review-api.js';
import { indexReview, type ReviewIndex } from './review-index.js';
import type { Row } from './rows.js';
import type { PendingCount } from './status-model.js';
import { addSummaries, type Summary } from './summary.js';

/** Loads the stored reviews of this window's folders. */
export type ReviewLoader = () => Promise<readonly Review[]>;

interface Entry {
  readonly review: Review;
  readonly unsubscribe: () => void;
  /** Made when it is asked for, dropped when the review changes. */
  index: ReviewIndex | undefined;
}

/** The reviews this window knows, newest first. Stored ones are loaded once, when first asked for. */
export class ReviewStore {
  readonly #load: ReviewLoader;
  readonly #reviews = new Map<string, Entry>();
  readonly #changed = new Emitter<Review | undefined>();
  #loading: Promise<void> | undefined;

  constructor(load: ReviewLoader) {
    this.#load = load;
  }

  /** Told the review that changed, or undefined when the list did. */
  onDidChange(listener: (review: Review | undefined) => void): () => void {
    return this.#changed.on(listener);
  }

  list(): readonly Review[] {
    return [...this.#reviews.values()].map((entry) => entry.review).sort((a, b) => b.createdAt - a.createdAt);
  }

  rows(): readonly Row[] {
    return this.list().flatMap((review) => this.index(review).rows);
  }

  /** The row that holds a path as its proposal or as the old half of a rename. */
  row(sessionId: string, path: string): Row | undefined {
    const entry = this.#reviews.get(sessionId);
    return entry === undefined ? undefined : this.index(entry.review).byPath.get(path);
  }

  /** What a review holds; as cheap as a look-up until the review changes. */
  index(review: Review): ReviewIndex {
    const entry = this.#reviews.get(review.sessionId);
    if (entry?.review !== review) return indexReview(review);
    entry.index ??= indexReview(review);
    return entry.index;
  }

  /** What all that waits comes to. */
  summary(): Summary {
    return addSummaries(this.list().map((review) => this.index(review).summary));
  }

  /** Whether anything of these reviews was decided. */
  hasDecided(): boolean {
    return this.list().some((review) => this.index(review).decided.length > 0);
  }

  pending(): PendingCount {
    const { files, conflicts } = this.summary();
    return { count: files, conflicts };
  }

  add(review: Review): void {
    if (this.#reviews.has(review.sessionId)) return;
    const unsubscribe = review.onDidChange(() => {
      entry.index = undefined;
      this.#changed.emit(review);
    });
    const entry: Entry = { review, unsubscribe, index: undefined };
    this.#reviews.set(review.sessionId, entry);
    this.#changed.emit(undefined);
  }

  /** A review by session, from storage when it must be. */
  async find(sessionId: string): Promise<Review | undefined> {
    if (!this.#reviews.has(sessionId)) await this.loadStored();
    return this.#reviews.get(sessionId)?.review;
  }

  /** Loads what earlier sessions left; a failed try may be repeated. */
  async loadStored(): Promise<void> {
    this.#loading ??= this.#loadOnce();
    try {
      await this.#loading;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }

  async discard(review: Review): Promise<void> {
    this.#reviews.get(review.sessionId)?.unsubscribe();
    this.#reviews.delete(review.sessionId);
    this.#changed.emit(undefined);
    await review.discard();
    // What was kept of it elsewhere is gone only now.
    this.#changed.emit(undefined);
  }

  /** Removes the bytes of reviews in which nothing is left to decide. */
  async discardSettled(except: ReadonlySet<string>): Promise<void> {
    const settled = this.list().filter(
      (review) => !except.has(review.sessionId) && this.index(review).rows.length === 0,
    );
    for (const review of settled) await this.discard(review);
  }

  async #loadOnce(): Promise<void> {
    for (const review of await this.#load()) this.add(review);
  }
}
