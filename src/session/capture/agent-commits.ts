import { rm } from 'node:fs/promises';
import type { AuditRecord } from '../../audit/records.js';
import { describeError, errors } from '../../base/errors.js';
import type { Owner } from '../../base/owner.js';
import { limits } from '../../protocol/limits.js';
import { type ImportedCommits, importCommits } from '../../workspace/commits/import-commits.js';
import {
  loadCommits,
  makeScratch,
  openBundle,
  removeCommits,
  type StoredBundle,
  type StoredCommits,
} from '../../workspace/commits/stored-commits.js';
import { UserRepository } from '../../workspace/commits/user-repository.js';
import type { SessionAudit } from '../record/session-audit.js';
import { isHeldElsewhere } from '../reviews/open-reviews.js';
import { listSessionIds, sessionFiles } from '../stale/session-files.js';

export interface CommitsOptions {
  readonly stateDir: string;
  /** This process. */
  readonly owner: Owner;
}

/** The agents' commits that wait to be imported into this workspace (links resolved), newest first. */
export async function listAgentCommits(
  options: CommitsOptions,
  workspace: string,
): Promise<readonly StoredCommits[]> {
  const { stateDir } = options;
  const found: StoredCommits[] = [];
  for (const sessionId of await listSessionIds(stateDir)) {
    const stored = await loadCommits(sessionFiles(stateDir, sessionId).dir);
    if (stored?.workspace === workspace && stored.sessionId === sessionId) {
      if (!(await isHeldElsewhere(options, sessionId))) found.push(stored);
    }
  }
  return found.sort((a, b) => b.at - a.at);
}

/** Puts a session's commits on a new branch of the user's repository; they wait no more then. */
export async function importAgentCommits(
  { stateDir }: CommitsOptions,
  sessionId: string,
  audit: Pick<SessionAudit, 'record'>,
): Promise<ImportedCommits> {
  const files = sessionFiles(stateDir, sessionId);
  const known = (await listSessionIds(stateDir)).includes(sessionId);
  const stored = known ? await loadCommits(files.dir) : undefined;
  if (stored === undefined) throw errors.importFailed('none of this session are kept any more');
  const repository = await UserRepository.find(stored.workspace);
  if (repository === undefined) throw errors.importFailed('the folder is no git repository any more');
  const bundle = await open(files.dir, stored);
  // Before anything is done: a log that cannot be written stops it.
  await audit.record(toRecord(`The user imports the agent's commits (${stored.tip})`));
  const imported = await inScratch(files.dir, (scratch) =>
    importCommits(repository, bundle, { sessionId, scratch, maxBytes: limits.bundleBytes }),
  );
  // A running session may have kept newer ones meanwhile.
  if ((await loadCommits(files.dir))?.at === stored.at) await removeCommits(files.dir);
  const { branch, tip, commits } = imported;
  await audit.record(
    toRecord(`The agent's commits were imported: ${commits} to the branch ${branch} (${tip})`),
  );
  return imported;
}

function toRecord(text: string): AuditRecord {
  return { kind: 'notice', level: 'info', text };
}

async function open(dir: string, stored: StoredCommits): Promise<StoredBundle> {
  try {
    return await openBundle(dir, stored);
  } catch (error) {
    throw errors.importFailed(describeError(error));
  }
}

async function inScratch<T>(dir: string, work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = await makeScratch(dir);
  try {
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
