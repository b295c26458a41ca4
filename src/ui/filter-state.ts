import type * as vscode from 'vscode';
import { Emitter } from '../base/emitter.js';
import { type ChangesFilter, isFiltering, readFilter } from './row-filter.js';

const KEY = 'airlock.changesFilter';

/** The filter of this window's tree of changes; it survives a reload. */
export class FilterState {
  readonly #memento: vscode.Memento;
  readonly #changed = new Emitter<void>();
  #filter: ChangesFilter;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    this.#filter = readFilter(memento.get<unknown>(KEY));
  }

  get value(): ChangesFilter {
    return this.#filter;
  }

  onDidChange(listener: () => void): () => void {
    return this.#changed.on(listener);
  }

  async set(filter: ChangesFilter): Promise<void> {
    this.#filter = filter;
    this.#changed.emit();
    await this.#memento.update(KEY, isFiltering(filter) ? filter : undefined);
  }
}
