import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../../src/base/hash.js';

const identity = { NAME: 'Test', EMAIL: 'test@airlock.invalid', DATE: '2025-01-01T00:00:00Z' };
const env = {
  PATH: process.env.PATH,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  // The folder may be another user's, as it is in the tests that run as root.
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) =>
      Object.entries(identity).map(([name, value]) => [`GIT_${who}_${name}`, value]),
    ),
  ),
};

/** A repository made by the real git. */
export class TestRepository {
  constructor(readonly folder: string) {}

  static make(folder: string): TestRepository {
    mkdirSync(folder, { recursive: true });
    const repository = new TestRepository(folder);
    repository.git('init', '-q', '-b', 'main');
    return repository;
  }

  /** A copy, as the sandbox has one. */
  clone(folder: string): TestRepository {
    execFileSync('cp', ['-a', this.folder, folder]);
    return new TestRepository(folder);
  }

  git(...args: string[]): string {
    return this.feed('', ...args)
      .toString()
      .trim();
  }

  feed(input: string | Uint8Array, ...args: string[]): Buffer {
    return execFileSync('git', args, { cwd: this.folder, env, input, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  /** An object with just these bytes, however wrong git finds them. */
  object(type: string, bytes: string | Uint8Array): string {
    return this.feed(bytes, 'hash-object', '-t', type, '-w', '--stdin', '--literally').toString().trim();
  }

  /** A tree with entries that git itself would not make. */
  tree(...entries: readonly (readonly [mode: string, name: string, id: string])[]): string {
    const bytes = entries.map(([mode, name, id]) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]),
    );
    return this.object('tree', Buffer.concat(bytes));
  }

  commit(tree: string, ...parents: string[]): string {
    const of = parents.flatMap((parent) => ['-p', parent]);
    return this.git('commit-tree', '-m', 'made', ...of, tree);
  }

  bundle(...range: string[]): Buffer {
    return this.feed('', 'bundle', 'create', '-q', '-', ...range);
  }

  /** Every file of the repository and of the work tree, with its content. */
  snapshot(): Record<string, string> {
    const names = readdirSync(this.folder, { recursive: true }).map(String).sort();
    const files = names.filter((name) => statSync(join(this.folder, name)).isFile());
    return Object.fromEntries(files.map((name) => [name, sha256(readFileSync(join(this.folder, name)))]));
  }
}
