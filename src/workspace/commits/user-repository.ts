import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../fs-errors.js';
import { type GitEnd, type GitOptions, runGit } from './run-git.js';

const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The repository whose work tree the workspace is. */
export class UserRepository {
  private constructor(readonly gitDir: string) {}

  /**
   * The one that a sandbox of this workspace sees: only a `.git` folder of its own. What a `.git` file names, or is
   * above, lies outside of the sandbox.
   */
  static async find(workspace: string): Promise<UserRepository | undefined> {
    const gitDir = join(workspace, '.git');
    try {
      return (await lstat(gitDir)).isDirectory() ? new UserRepository(gitDir) : undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  run(args: readonly string[], options?: GitOptions): Promise<GitEnd> {
    return runGit({ cwd: this.gitDir, gitDir: this.gitDir }, args, options);
  }

  /** What it prints; undefined when it fails. */
  async read(args: readonly string[], options?: GitOptions): Promise<string | undefined> {
    const end = await this.run(args, options);
    return end.kind === 'ended' && end.code === 0 ? end.stdout.trim() : undefined;
  }

  async hasCommit(id: string): Promise<boolean> {
    return (await this.read(['cat-file', '-t', id])) === 'commit';
  }

  /** Tips of its branches and tags, and its HEAD: newest first, at most `limit`. Undefined when git cannot tell. */
  async tips(limit: number): Promise<readonly string[] | undefined> {
    const [head, references] = await Promise.all([
      this.read(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']),
      this.read([
        'for-each-ref',
        '--sort=-creatordate',
        `--count=${limit}`,
        '--format=%(objectname)',
        'refs/heads',
        'refs/remotes',
        'refs/tags',
      ]),
    ]);
    if (references === undefined) return undefined;
    const ids = [head ?? '', ...references.split('\n')].filter((id) => OBJECT_ID.test(id));
    return [...new Set(ids)].slice(0, limit);
  }
}
