import type { WorkspacePath } from '../../base/workspace-path.js';
import { mapConcurrent } from '../concurrent.js';
import { HeldDir, openChild, openParent } from '../held-dir.js';

/** Elsewhere only the path of a folder can be held, and the way to it is looked at again soon. */
const HOLDS = process.platform === 'linux';
const HELD = HOLDS ? 64 : 2;
/** Pieces of work between which folders are let go. */
const BATCH = 64;
const WIDTH = 4;
/** Disks take many at once better than one after the other: for work that waits for them and holds few bytes. */
export const WIDE = 16;

/** A folder of the plan is not a folder any more, or was swapped for a link. */
export class DirGone extends Error {
  override readonly name = 'DirGone';
}

interface Held {
  readonly dir: Promise<HeldDir>;
  changed: boolean;
}

/**
 * The directories that an apply works in. Each is reached part by part, without following a link, when it is needed,
 * and held until it is let go; what was changed in it is on the disk then. To let go of many at once costs little more
 * than to let go of one, since a disk writes down their changes together.
 */
export class OpenDirs {
  readonly #held = new Map<WorkspacePath, Held>();

  constructor(readonly root: string) {}

  /** Throws `DirGone` where there is no such directory. It is held for as long as the item of `each` is at work. */
  get(path: WorkspacePath): Promise<HeldDir> {
    const known = this.#held.get(path);
    this.#held.delete(path);
    const held = known ?? { dir: this.#open(path), changed: false };
    this.#held.set(path, held);
    return held.dir;
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

  /** A directory that was removed has nothing left to be written down. */
  async forget(path: WorkspacePath): Promise<void> {
    const held = this.#held.get(path);
    this.#held.delete(path);
    await (await held?.dir)?.close();
  }

  /** Runs `work` over the items, several at a time unless told otherwise, and lets go of directories in between. */
  async each<T>(items: readonly T[], work: (item: T) => Promise<void>, width = WIDTH): Promise<void> {
    for (let from = 0; from < items.length; from += BATCH) {
      await mapConcurrent(items.slice(from, from + BATCH), width, work);
      await this.#release([...this.#held.keys()].slice(0, -HELD));
    }
  }

  /** Lets every directory go; all that was changed is on the disk afterwards. */
  async flush(): Promise<void> {
    await this.#release([...this.#held.keys()]);
  }

  /** As `flush`, when it does not matter any more whether that works. */
  async abandon(): Promise<void> {
    const held = [...this.#held.values()];
    this.#held.clear();
    await Promise.allSettled(held.map(async ({ dir }) => (await dir).close()));
  }

  async #open(path: WorkspacePath): Promise<HeldDir> {
    try {
      const dir = await this.#walkTo(path);
      if (dir !== undefined) return dir;
    } catch (error) {
      this.#held.delete(path);
      throw error;
    }
    this.#held.delete(path);
    throw new DirGone(`"${path}" is not a folder`);
  }

  /** From the folder above, when that is held; where none can be, from the root. */
  async #walkTo(path: WorkspacePath): Promise<HeldDir | undefined> {
    if (path === '') return HeldDir.open(this.root);
    if (!HOLDS) {
      const parent = await openParent(this.root, `${path}/.`);
      return parent.kind === 'open' ? parent.dir : undefined;
    }
    const child = await openChild(await this.get(dirOf(path)), nameOf(path));
    return child instanceof HeldDir ? child : undefined;
  }

  async #release(paths: readonly WorkspacePath[]): Promise<void> {
    await mapConcurrent(paths, WIDE, async (path) => {
      const held = this.#held.get(path);
      if (held === undefined) return;
      const dir = await held.dir;
      if (held.changed) await dir.sync();
      this.#held.delete(path);
      await dir.close();
    });
  }
}

export function dirOf(path: WorkspacePath): WorkspacePath {
  const end = path.lastIndexOf('/');
  return end < 0 ? '' : path.slice(0, end);
}

export function nameOf(path: WorkspacePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
