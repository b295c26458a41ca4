import { constants, type Dirent, readdir } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { WorkspacePath } from '../../base/workspace-path.js';
import { codeOf, ignoreMissing, isMissing } from '../fs-errors.js';
import { compileMaskPatterns, type MaskMatcher } from './mask-patterns.js';
import {
  PLACEHOLDER,
  sanitiseAddresses,
  sanitiseGitConfig,
  sanitiseNpmrc,
  sanitiseYarnrc,
} from './sanitise-config.js';

/** A file of the workspace that the agent must not see. */
export interface MaskedFile {
  readonly path: WorkspacePath;
  /** What the agent sees instead. */
  readonly content: string;
  /** One clause: what it was taken for. */
  readonly reason: string;
}

/** Files that stay, without the credentials in them. */
const configs = new Map([
  ['.npmrc', sanitiseNpmrc],
  ['.yarnrc.yml', sanitiseYarnrc],
  ['.gitmodules', sanitiseGitConfig],
  ['pip.conf', sanitiseAddresses],
  ['.condarc', sanitiseAddresses],
]);

const WIDTH = 32;
const MAX_CONFIG_BYTES = 256 * 1024;

/** Finds what must be hidden. Follows no link, skips `node_modules` and, but for its configuration, `.git`. */
export async function scanSecrets(
  root: string,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<readonly MaskedFile[]> {
  const scan = new Scan(await realpath(root), compileMaskPatterns(patterns), signal);
  await scan.run();
  return scan.results();
}

class Scan {
  readonly #found = new Map<WorkspacePath, MaskedFile>();
  readonly #dirs: WorkspacePath[] = [''];
  readonly #later: Array<() => Promise<void>> = [];

  constructor(
    readonly root: string,
    readonly matches: MaskMatcher,
    readonly signal: AbortSignal,
  ) {}

  async run(): Promise<void> {
    await this.#walk();
    for (const check of this.#later) {
      this.signal.throwIfAborted();
      await check();
    }
    await this.#hideOtherNames();
  }

  /**
   * A hard link is the same file under another name. Which names these are is only known when every file has been looked
   * at; that is done where a hidden one has more than one name.
   */
  async #hideOtherNames(): Promise<void> {
    const firstNames = new Map<string, MaskedFile>();
    for (const file of this.#found.values()) {
      const stats = await lstat(join(this.root, file.path)).catch(ignoreMissing);
      if (stats?.isFile() === true && stats.nlink > 1) firstNames.set(`${stats.dev}:${stats.ino}`, file);
    }
    if (firstNames.size === 0) return;
    const walk = async (dir: WorkspacePath): Promise<void> => {
      this.signal.throwIfAborted();
      for (const entry of await listDir(join(this.root, dir))) {
        const path = dir === '' ? entry.name : `${dir}/${entry.name}`;
        if (entry.isDirectory()) await walk(path);
        if (!entry.isFile() || this.#found.has(path)) continue;
        const stats = await lstat(join(this.root, path)).catch(ignoreMissing);
        const first = stats === undefined ? undefined : firstNames.get(`${stats.dev}:${stats.ino}`);
        if (first !== undefined) this.#hide(path, `it is the same file as "${first.path}"`, first.content);
      }
    };
    await walk('');
  }

  results(): readonly MaskedFile[] {
    return [...this.#found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Callbacks, not promises: on 200,000 names that is most of the time. */
  #walk(): Promise<void> {
    return new Promise((resolve, reject) => {
      let running = 0;
      const next = () => {
        if (this.signal.aborted) return reject(this.signal.reason);
        if (running === 0 && this.#dirs.length === 0) return resolve();
        while (running < WIDTH) {
          const dir = this.#dirs.pop();
          if (dir === undefined) return;
          running += 1;
          readdir(join(this.root, dir), { withFileTypes: true }, (error, entries) => {
            running -= 1;
            // A directory that we may not list stays closed to the runner, who has the same uid.
            if (error !== null && !isMissing(error) && codeOf(error) !== 'EACCES') return reject(error);
            for (const entry of entries ?? []) this.#visit(dir, entry);
            next();
          });
        }
      };
      next();
    });
  }

  #visit(dir: WorkspacePath, entry: Dirent): void {
    const { name } = entry;
    const path = () => (dir === '' ? name : `${dir}/${name}`);
    if (entry.isDirectory()) {
      if (name === 'node_modules') return;
      if (name.toLowerCase() === '.git') this.#later.push(() => this.#checkGitDir(path()));
      else this.#dirs.push(path());
      return;
    }
    if (this.matches(name, path)) {
      if (entry.isFile()) this.#hide(path(), `its name is one that secrets have`);
      else if (entry.isSymbolicLink()) this.#later.push(() => this.#checkLink(path()));
      return;
    }
    const sanitise = entry.isFile() ? configs.get(name.toLowerCase()) : undefined;
    if (sanitise !== undefined)
      this.#later.push(() => this.#checkConfig(path(), sanitise, 'it holds a credential'));
  }

  #hide(path: WorkspacePath, reason: string, content = PLACEHOLDER): void {
    if (!this.#found.has(path)) this.#found.set(path, { path, content, reason });
  }

  async #checkGitDir(dir: WorkspacePath): Promise<void> {
    const reason = 'it holds a credential';
    for (const name of ['config', 'config.worktree'])
      await this.#checkConfig(`${dir}/${name}`, sanitiseGitConfig, reason);
    for (const path of await this.#listConfigs(`${dir}/modules`, 4)) {
      await this.#checkConfig(path, sanitiseGitConfig, reason);
    }
  }

  /** The configurations of submodules, whose names may have a few `/`. */
  async #listConfigs(dir: WorkspacePath, depth: number): Promise<WorkspacePath[]> {
    const entries = await listDir(join(this.root, dir));
    if (entries.some((entry) => entry.name === 'HEAD')) {
      const inner = depth > 0 ? await this.#listConfigs(`${dir}/modules`, depth - 1) : [];
      return [`${dir}/config`, ...inner];
    }
    if (depth === 0) return [];
    const below = entries.filter((entry) => entry.isDirectory());
    const lists = await Promise.all(
      below.map((entry) => this.#listConfigs(`${dir}/${entry.name}`, depth - 1)),
    );
    return lists.flat();
  }

  /** A link named like a secret: what it leads to, inside the workspace, is the secret. */
  async #checkLink(path: WorkspacePath): Promise<void> {
    const real = await realpath(join(this.root, path)).catch(() => undefined); // A dangling link shows nothing.
    if (real === undefined) return;
    const target = relative(this.root, real).split(sep).join('/');
    if (target === '' || target.startsWith('../')) return;
    this.#hide(target, `"${path}" (${await readlink(join(this.root, path))}) leads to it`);
  }

  async #checkConfig(
    path: WorkspacePath,
    sanitise: (text: string) => string | undefined,
    reason: string,
  ): Promise<void> {
    const text = await readSmallFile(join(this.root, path));
    if (text === undefined) return;
    if (text === 'too-large') return this.#hide(path, 'it is too large to be checked for credentials');
    const clean = sanitise(text.content);
    if (clean !== undefined) this.#hide(path, reason, clean);
  }
}

async function listDir(location: string): Promise<Dirent[]> {
  return new Promise((resolve, reject) => {
    readdir(location, { withFileTypes: true }, (error, entries) => {
      if (error === null) resolve(entries);
      else if (isMissing(error) || codeOf(error) === 'EACCES') resolve([]);
      else reject(error);
    });
  });
}

async function readSmallFile(location: string): Promise<{ content: string } | 'too-large' | undefined> {
  try {
    const handle = await open(location, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return undefined;
      if (stats.size > MAX_CONFIG_BYTES) return 'too-large';
      return { content: await handle.readFile('utf8') };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isMissing(error) || codeOf(error) === 'ELOOP' || codeOf(error) === 'EACCES') return undefined;
    throw error;
  }
}
