import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errors } from '../../base/errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import { chooseBranch } from './branch-name.js';
import type { GitEnd } from './run-git.js';
import type { StoredBundle } from './stored-commits.js';
import type { UserRepository } from './user-repository.js';

export interface ImportedCommits {
  /** Short name of the new branch. */
  readonly branch: string;
  readonly tip: string;
  readonly commits: number;
}

export interface ImportOptions {
  readonly sessionId: string;
  /** An empty folder of our own, on the disk of the session's storage. */
  readonly scratch: string;
  readonly maxBytes: number;
}

const CHECK_MS = 120_000;

/**
 * Puts the commits of a bundle on a branch that was not there, and touches nothing else: no work tree, index, HEAD or
 * other reference. The objects are checked in a folder of ours before a single one comes into the repository. Throws
 * `importFailed`.
 */
export async function importCommits(
  repository: UserRepository,
  { location, header }: StoredBundle,
  { sessionId, scratch, maxBytes }: ImportOptions,
): Promise<ImportedCommits> {
  const { tip, prerequisites, packOffset } = header;
  for (const id of prerequisites)
    if (!(await repository.hasCommit(id)))
      throw errors.importFailed(
        `they build on the commit ${id.slice(0, 12)}, which your repository does not have`,
      );

  // 1. git's own check of every object, and that they name nothing that is missing.
  const env = await openQuarantine(repository, scratch);
  const pack = createReadStream(location, { start: packOffset });
  const options = { env, timeoutMs: CHECK_MS };
  const indexing = ['index-pack', '--stdin', '--fix-thin', '--strict', `--max-input-size=${maxBytes}`];
  demand(await repository.run(indexing, { ...options, input: pack }), 'git refused them');
  const walk = ['rev-list', '--objects', '--quiet', tip, '--not', '--all'];
  demand(await repository.run(walk, options), 'they are not complete');
  const count = demand(
    await repository.run(['rev-list', '--count', tip, '--not', '--all'], options),
    'git cannot count them',
  );
  const commits = Number(count);
  if (!(commits > 0)) throw errors.importFailed('your repository has them already');

  // 2. The same bytes once more, now into the repository, and a reference that must not exist yet.
  const listing = ['for-each-ref', '--format=%(refname)', 'refs/heads/airlock', 'refs/heads/airlock-*'];
  const existing = demand(await repository.run(listing), 'its branches cannot be listed').split('\n');
  const branch = chooseBranch(sessionId, existing);
  if (branch === undefined) throw errors.importFailed('there are too many branches of this session already');
  demand(await repository.run(['bundle', 'unbundle', location], { timeoutMs: CHECK_MS }), 'git refused them');
  const update = ['update-ref', '-m', 'airlock: import', `refs/heads/${branch}`, tip, '0'.repeat(tip.length)];
  demand(await repository.run(update), `the branch ${branch} could not be made`);
  return { branch, tip, commits };
}

/** New objects go into a folder of ours; those of the repository can be read. */
async function openQuarantine(repository: UserRepository, scratch: string): Promise<Record<string, string>> {
  const own = join(scratch, 'objects');
  await mkdir(own);
  const objects = demand(
    await repository.run(['rev-parse', '--path-format=absolute', '--git-path', 'objects']),
    'git cannot read your repository',
  );
  // Quoted as in C: a path may hold what separates two of them.
  const quoted = `"${objects.replace(/["\\]/g, '\\$&')}"`;
  return { GIT_OBJECT_DIRECTORY: own, GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted };
}

/** What git printed. Throws `importFailed` with what git complained of. */
function demand(end: GitEnd, what: string): string {
  if (end.kind === 'ended' && end.code === 0) return end.stdout.trim();
  const complaint = end.kind === 'ended' ? end.stderr.trim().split('\n').at(-1) : end.reason;
  throw errors.importFailed(`${what} (${toVisibleLine(complaint || 'without a reason', 300)})`);
}
