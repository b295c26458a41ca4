import { describeError } from '../../base/errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import { limits } from '../../protocol/limits.js';
import { removeCommits, type StoredCommits, saveCommits } from '../../workspace/commits/stored-commits.js';
import { UserRepository } from '../../workspace/commits/user-repository.js';
import type { SessionReport } from '../record/session-report.js';
import type { Sandbox } from '../sandbox/start-sandbox.js';
import type { SessionParts } from '../session-parts.js';
import { captureSignal } from './capture-queue.js';

/** What is asked of the sandbox. */
export type CommitSource = Pick<Sandbox['proxy'], 'head' | 'bundle'>;

/**
 * Keeps the commits that the agent made in its sandbox's repository, as bytes that nothing is done with until the user
 * imports them. Run at the end of a turn; it never rejects, for the review does not depend on it.
 */
export function createCommitCapture(
  { id, dir, review, options: { logger } }: Pick<SessionParts, 'id' | 'dir' | 'review' | 'options'>,
  source: Promise<CommitSource>,
  report: Pick<SessionReport, 'notice'>,
  signal: AbortSignal,
): () => Promise<void> {
  const about = {
    sessionId: id,
    workspace: review.workspace,
    ...(review.agent === undefined ? {} : { agent: review.agent }),
  };
  let last: string | undefined;

  /** Undefined when the sandbox is where it was, or cannot say where it is. */
  const findNewHead = async (until: AbortSignal): Promise<string | undefined> => {
    try {
      const head = await (await source).head(until);
      return head === last ? undefined : head;
    } catch (error) {
      logger.debug(`the agent's commits were not looked for: ${toVisibleLine(describeError(error), 500)}`);
      return undefined;
    }
  };

  const keepNews = async (
    repository: UserRepository,
    proxy: CommitSource,
    head: string,
    until: AbortSignal,
  ): Promise<StoredCommits | undefined> => {
    // Most often it is where the user's own repository is.
    const tips = (await repository.hasCommit(head)) ? undefined : await repository.tips(limits.bundleHave);
    const bundle = tips === undefined ? undefined : await proxy.bundle(tips, until);
    if (bundle === undefined) {
      await removeCommits(dir);
      return undefined;
    }
    const { commits, bytes } = bundle;
    return saveCommits(dir, { ...about, commits, at: Date.now() }, bytes, limits.bundleBytes);
  };

  return async () => {
    const until = captureSignal(signal);
    try {
      const repository = await UserRepository.find(review.workspace);
      const head = repository === undefined ? undefined : await findNewHead(until);
      if (repository === undefined || head === undefined) return;
      const stored = await keepNews(repository, await source, head, until);
      last = head;
      if (stored !== undefined) report.notice('info', describe(stored));
    } catch (error) {
      const reason = toVisibleLine(describeError(error), 500);
      report.notice('warning', `The agent's commits could not be kept: ${reason}`);
    }
  };
}

function describe({ commits }: StoredCommits): string {
  const count = commits === 1 ? '1 commit' : `${commits} commits`;
  return `The agent made ${count} in its copy of the repository. "Airlock: Import Agent's Commits" makes a branch of what it committed.`;
}
