import { CROWD, describeCrowd, findCrowdedDir } from '../../../base/crowded-dirs.js';
import type { ChangeEntry } from '../../../protocol/tool-proxy.js';
import type { WalkEntry } from './walk.js';

interface Crowd {
  readonly dir: string;
  /** None once only the number is kept. */
  entries: WalkEntry[] | undefined;
  count: number;
}

/**
 * Changed entries, at most `limit` of them. When there are more, folders that tools fill give way: of the largest
 * only the number of entries is kept, so that an installed package never hides an edit of the source.
 */
export class Crowds {
  readonly #plain: WalkEntry[] = [];
  readonly #crowds = new Map<string, Crowd>();
  #kept = 0;

  constructor(readonly limit: number) {}

  /** False when there is no room any more. */
  add(entry: WalkEntry): boolean {
    const dir = findCrowdedDir(entry.path);
    if (dir === undefined) {
      this.#plain.push(entry);
      this.#kept += 1;
    } else this.#addTo(this.#open(dir), entry);
    return this.#kept < this.limit || this.#fold();
  }

  /** What is below a folder of which only the number is told. */
  isFolded(path: string): boolean {
    const dir = findCrowdedDir(path);
    const crowd = dir === undefined ? undefined : this.#crowds.get(dir);
    return crowd !== undefined && crowd.entries === undefined;
  }

  /** Crowded folders last: what they cost is not spent before the rest is described. */
  list(): { readonly entries: readonly WalkEntry[]; readonly folded: readonly ChangeEntry[] } {
    const crowds = [...this.#crowds.values()];
    return {
      entries: [...this.#plain, ...crowds.flatMap(({ entries }) => entries ?? [])],
      folded: crowds
        .filter(({ entries }) => entries === undefined)
        .map(({ dir, count }) => ({ type: 'special', path: dir, what: describeCrowd(count) })),
    };
  }

  #open(dir: string): Crowd {
    const crowd = this.#crowds.get(dir) ?? { dir, entries: [], count: 0 };
    this.#crowds.set(dir, crowd);
    return crowd;
  }

  #addTo(crowd: Crowd, entry: WalkEntry): void {
    if (entry.kind !== 'entry' || !entry.stat.isDirectory()) crowd.count += 1;
    if (crowd.entries === undefined) return;
    crowd.entries.push(entry);
    this.#kept += 1;
  }

  #fold(): boolean {
    let largest: Crowd | undefined;
    for (const crowd of this.#crowds.values())
      if ((crowd.entries?.length ?? 0) > Math.max(CROWD, largest?.entries?.length ?? 0)) largest = crowd;
    if (largest === undefined) return false;
    this.#kept -= largest.entries?.length ?? 0;
    largest.entries = undefined;
    return true;
  }
}
