import { constants } from 'node:fs';
import { chmod, type FileHandle, lstat, mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './fs-errors.js';

const MAX_LOOKS = 16;
const OPEN_DIR = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/**
 * A directory held open. Names are reached through the open descriptor (Linux), so that swapping a parent
 * for a link cannot redirect what is read or written. Elsewhere each part is checked before its use.
 */
export class HeldDir {
  readonly #handle: FileHandle | undefined;
  readonly #location: string;
  #ignoresCase: boolean | undefined;

  private constructor(location: string, handle: FileHandle | undefined) {
    this.#location = location;
    this.#handle = handle;
  }

  /** Opens a directory; `ENOTDIR` or `ELOOP` when it is anything else, a link included. */
  static async open(at: string | Buffer): Promise<HeldDir> {
    const location = at.toString();
    if (process.platform === 'linux') return new HeldDir(location, await open(at, OPEN_DIR));
    const stats = await lstat(at);
    if (!stats.isDirectory())
      throw Object.assign(new Error(`${location} is not a directory`), { code: 'ENOTDIR' });
    return new HeldDir(location, undefined);
  }

  /** Where a name of this directory is reached; valid until `close`. */
  at(name: string): string {
    return this.#handle === undefined
      ? join(this.#location, name)
      : `/proc/self/fd/${this.#handle.fd}/${name}`;
  }

  /** The directory itself. */
  get self(): string {
    return this.#handle === undefined ? this.#location : `/proc/self/fd/${this.#handle.fd}/.`;
  }

  /**
   * Whether a name that can be reached here is spelled like that. On a file system that ignores case the file may have
   * another name: to write or delete it by this one would be to change a file that was not meant.
   */
  async hasSpelling(name: string): Promise<boolean> {
    const other = swapCase(name);
    if (this.#ignoresCase === false || other === name) return true;
    if (!(await exists(this.at(other)))) {
      this.#ignoresCase = false;
      return true;
    }
    return (await readdir(this.self)).includes(name);
  }

  /** Makes creations and removals of names last through a power cut, where the platform can. */
  async sync(): Promise<void> {
    try {
      await this.#handle?.sync();
    } catch (error) {
      // It was removed meanwhile, which FUSE says so: no name in it is left to last.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }

  /** Lets its owner change what is in it; that of another owner stays as it is. */
  async unlock(): Promise<void> {
    try {
      await (this.#handle === undefined ? chmod(this.#location, 0o700) : this.#handle.chmod(0o700));
    } catch (error) {
      if (codeOf(error) !== 'EPERM') throw error;
    }
  }

  /** Sets the permission bits of a directory in this one. */
  async changeModeOf(name: string, mode: number): Promise<void> {
    const dir = await HeldDir.open(this.at(name));
    try {
      await (dir.#handle === undefined ? chmod(dir.#location, mode) : dir.#handle.chmod(mode));
    } finally {
      await dir.close();
    }
  }

  /** As root: changes the owner of the directory itself, if it is still root's own. */
  async giveTo(owner: { readonly uid: number; readonly gid: number }): Promise<void> {
    if (this.#handle === undefined || (await this.#handle.stat()).uid !== 0) return;
    await this.#handle.chown(owner.uid, owner.gid);
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }
}

/** Of ASCII letters: whatever ignores case ignores theirs. */
function swapCase(name: string): string {
  return name.replace(/[a-z]+|[A-Z]+/g, (run) => (run < 'a' ? run.toLowerCase() : run.toUpperCase()));
}

async function exists(location: string): Promise<boolean> {
  try {
    await lstat(location);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

export type ParentLookup =
  | { readonly kind: 'open'; readonly dir: HeldDir; readonly name: string }
  | { readonly kind: 'missing' }
  /** A part of the way is no directory; `at` is its path. */
  | { readonly kind: 'blocked'; readonly at: string; readonly by: 'link' | 'file' };

export type OnMissingDir = (parent: HeldDir, name: string) => Promise<void>;

/** Walks to the directory that holds `path` (canonical, below `root`), part by part, following no link. */
export async function openParent(
  root: string,
  path: string,
  onMissing?: OnMissingDir,
): Promise<ParentLookup> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let dir = await HeldDir.open(root);
  for (const [index, part] of parts.entries()) {
    const next = await openChild(dir, part, onMissing).catch(async (error: unknown) => {
      await dir.close();
      throw error;
    });
    await dir.close();
    if (next instanceof HeldDir) dir = next;
    else if (next === 'missing') return { kind: 'missing' };
    else return { kind: 'blocked', at: parts.slice(0, index + 1).join('/'), by: next };
  }
  return { kind: 'open', dir, name };
}

/**
 * One part of the way: the directory of that name in a held one, or what is there instead. Looks again when the part is
 * swapped between two looks; whoever does that without end gets an error.
 */
export async function openChild(
  dir: HeldDir,
  part: string,
  onMissing?: OnMissingDir,
): Promise<HeldDir | 'missing' | 'link' | 'file'> {
  for (let attempt = 0; attempt < MAX_LOOKS; attempt += 1) {
    try {
      const next = await HeldDir.open(dir.at(part));
      if (await isNamed(dir, part, next)) return next;
      return 'missing';
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'ELOOP') throw error;
      if (code === 'ENOENT' && onMissing === undefined) return 'missing';
      if (code === 'ENOENT') await onMissing?.(dir, part);
      else {
        const obstacle = await identifyObstacle(dir.at(part));
        if (obstacle !== undefined) return obstacle;
      }
    }
  }
  throw new Error(`"${part}" keeps changing`);
}

/** Closes `next` when it has another name. */
async function isNamed(dir: HeldDir, part: string, next: HeldDir): Promise<boolean> {
  try {
    if (part === '.' || (await dir.hasSpelling(part))) return true;
  } catch (error) {
    await next.close();
    throw error;
  }
  await next.close();
  return false;
}

async function identifyObstacle(location: string): Promise<'link' | 'file' | undefined> {
  try {
    const stats = await lstat(location);
    if (stats.isDirectory()) return undefined;
    return stats.isSymbolicLink() ? 'link' : 'file';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Creates a directory with the process's umask; as root it goes to the owner of its parent. Existing is fine. */
export async function createDir(parent: HeldDir, name: string): Promise<void> {
  try {
    await mkdir(parent.at(name), 0o777);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    throw error;
  }
  await parent.sync();
  if (process.getuid?.() !== 0) return;
  const owner = await stat(parent.self);
  const made = await HeldDir.open(parent.at(name));
  try {
    await made.giveTo(owner);
  } finally {
    await made.close();
  }
}
