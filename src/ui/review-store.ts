import { Emitter } from '../base/emitter.js';
import type { Review } from '../workspace/review-api.js';
import { findRow, isUndecided, listRows, type Row } from './rows.js';
import type { PendingCount } from './status-model.js';

/** Loads the stored reviews of this window's folders. */
export type ReviewLoader = () => Promise<readonly Review[]>;

/** The reviews this window knows, newest first. Stored ones are loaded once, when first asked for. */
export class ReviewStore {
  readonly #load: ReviewLoader;
  readonly #reviews = new Map<string, { review: Review; unsubscribe: () => void }>();
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
    return this.list().flatMap((review) => listRows(review));
  }

  row(sessionId: string, path: string): Row | undefined {
    return findRow(this.rows(), sessionId, path);
  }

  pending(): PendingCount {
    const rows = this.rows();
    return {
      count: rows.length,
      conflicts: rows.filter((row) => row.reviewed.decision === 'conflict').length,
    };
  }

  add(review: Review): void {
    if (this.#reviews.has(review.sessionId)) return;
    const unsubscribe = review.onDidChange(() => this.#changed.emit(review));
    this.#reviews.set(review.sessionId, { review, unsubscribe });
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
      (review) => !except.has(review.sessionId) && !review.list().some(isUndecided),
    );
    for (const review of settled) await this.discard(review);
  }

  async #loadOnce(): Promise<void> {
    for (const review of await this.#load()) this.add(review);
  }
}
