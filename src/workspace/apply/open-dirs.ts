import type { WorkspacePath } from '../../base/workspace-path.js';
import { type HeldDir, openParent } from '../held-dir.js';

/** The one that is used and the one that names are moved from. */
const HELD = 2;

/** A folder of the plan is not a folder any more, or was swapped for a link. */
export class DirGone extends Error {
  override readonly name = 'DirGone';
}

/**
 * The directories that an apply works in. Each is reached part by part, without following a link, when it is needed,
 * and held for as long as one step after the other is in it; what was changed in it is on the disk when it is let go.
 */
export class OpenDirs {
  readonly #held = new Map<WorkspacePath, { readonly dir: HeldDir; changed: boolean }>();

  constructor(readonly root: string) {}

  /** Throws `DirGone` where there is no such directory. */
  async get(path: WorkspacePath): Promise<HeldDir> {
    const known = this.#held.get(path);
    if (known !== undefined) {
      this.#held.delete(path);
      this.#held.set(path, known);
      return known.dir;
    }
    const parent = await openParent(this.root, path === '' ? '.' : `${path}/.`);
    if (parent.kind !== 'open') throw new DirGone(`"${path}" is not a folder`);
    this.#held.set(path, { dir: parent.dir, changed: false });
    for (const [oldest] of this.#held) {
      if (this.#held.size <= HELD) break;
      await this.#release(oldest);
    }
    return parent.dir;
  }

  async find(path: WorkspacePath): Promise<HeldDir | undefined> {
    try {
      return await this.get(path);
    } catch (error) {
      if (error instanceof DirGone) return undefined;
      throw error;
    }
  }

  /** Says that a name in the directory was made, moved or removed. */
  changed(path: WorkspacePath): void {
    const held = this.#held.get(path);
    if (held !== undefined) held.changed = true;
  }

  /** Lets every directory go; all that was changed is on the disk afterwards. */
  async flush(): Promise<void> {
    for (const path of [...this.#held.keys()]) await this.#release(path);
  }

  /** As `flush`, when it does not matter any more whether that works. */
  async abandon(): Promise<void> {
    await Promise.allSettled([...this.#held.values()].map(({ dir }) => dir.close()));
    this.#held.clear();
  }

  async #release(path: WorkspacePath): Promise<void> {
    const held = this.#held.get(path);
    if (held === undefined) return;
    this.#held.delete(path);
    try {
      if (held.changed) await held.dir.sync();
    } finally {
      await held.dir.close();
    }
  }
}

export function dirOf(path: WorkspacePath): WorkspacePath {
  const end = path.lastIndexOf('/');
  return end < 0 ? '' : path.slice(0, end);
}

export function nameOf(path: WorkspacePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
