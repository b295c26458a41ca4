import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { ApprovedFile, RepositoryStatus, Review, SandboxHost } from '../../session/api.js';
import type { App } from '../app.js';
import { type Candidate, type CommitPlan, planCommit } from './commit-plan.js';
import { findGit, type GitApi, type GitRepository } from './git-api.js';

/** What can be committed of a session, and where. */
export interface SessionCommit {
  readonly review: Review;
  readonly repository: GitRepository;
  readonly plan: CommitPlan;
  /** A merge or a rebase is in progress: a commit would be a step of it. */
  readonly isBusy: boolean;
  /** What is staged now. */
  readonly readStaged: () => Promise<ReadonlySet<string>>;
}

/** Undefined where VS Code knows no repository of the session's workspace. */
export async function readPlan(app: App, review: Review): Promise<SessionCommit | undefined> {
  const git = await findGit();
  const repository = git?.getRepository(vscode.Uri.file(review.workspace)) ?? undefined;
  if (git === undefined || repository === undefined) return undefined;
  const host = await app.host();
  const statuses = new Statuses(host, git);
  const approved = await host.approvedFiles(review);
  const found = await Promise.all(approved.map((file) => locate(git, repository, statuses, review, file)));
  const candidates = found.filter((candidate) => candidate !== undefined);
  const { status } = await statuses.of(repository);
  return {
    review,
    repository,
    plan: planCommit(candidates, status),
    isBusy: status.unmerged.size > 0 || Boolean(repository.state.rebaseCommit),
    readStaged: async () => (await new Statuses(host, git).of(repository)).status.staged,
  };
}

interface KnownRepository {
  /** Links resolved. */
  readonly root: string;
  readonly status: RepositoryStatus;
}

/**
 * Asks git once for each repository. What the editor's extension has seen of it is not taken: it may be older than the
 * files, and a setting of the user's may leave new files out.
 */
class Statuses {
  readonly #host: SandboxHost;
  readonly #git: GitApi;
  readonly #known = new Map<string, Promise<KnownRepository>>();

  constructor(host: SandboxHost, git: GitApi) {
    this.#host = host;
    this.#git = git;
  }

  of(repository: GitRepository): Promise<KnownRepository> {
    const key = repository.rootUri.toString();
    const known = this.#known.get(key) ?? this.#read(repository);
    this.#known.set(key, known);
    return known;
  }

  async #read({ rootUri }: GitRepository): Promise<KnownRepository> {
    const root = await realpath(rootUri.fsPath);
    return { root, status: await this.#host.repositoryStatus({ cwd: root, program: this.#git.git.path }) };
  }
}

/** Undefined for a file of which there is nothing to be said: git has it as it is, or ignores it. */
async function locate(
  git: GitApi,
  repository: GitRepository,
  statuses: Statuses,
  { workspace }: Review,
  file: ApprovedFile,
): Promise<Candidate | undefined> {
  const place = join(workspace, file.path);
  const owner = git.getRepository(vscode.Uri.file(place));
  if (owner === null) return undefined;
  const { root, status } = await statuses.of(owner);
  const inRepository = relative(root, place).split(sep).join('/');
  if (!status.staged.has(inRepository) && !status.changed.has(inRepository)) return undefined;
  return owner.rootUri.toString() === repository.rootUri.toString()
    ? { ...file, place: 'here', inRepository }
    : { ...file, place: 'elsewhere' };
}
