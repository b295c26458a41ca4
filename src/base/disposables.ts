export type Cleanup = () => void | Promise<void>;

/**
 * A scope that undoes what was done in it, newest first. Every clean-up runs even when another fails;
 * the failures are thrown together. One added after disposal runs at once.
 */
export class DisposableScope {
  #cleanups: Cleanup[] | undefined = [];

  get disposed(): boolean {
    return this.#cleanups === undefined;
  }

  async add(cleanup: Cleanup): Promise<void> {
    if (this.#cleanups === undefined) {
      await cleanup();
      return;
    }
    this.#cleanups.push(cleanup);
  }

  async dispose(): Promise<void> {
    const cleanups = this.#cleanups;
    this.#cleanups = undefined;
    const failures: unknown[] = [];
    for (const cleanup of (cleanups ?? []).reverse()) {
      try {
        await cleanup();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'clean-up failed');
  }
}
