import { AirlockError, errors } from '../../base/errors.js';
import { describeFsError } from '../fs-errors.js';
import type { ApplyOutcome } from '../review/review-api.js';
import { ApplyRecord } from './apply-record.js';
import { cleanUp } from './clean-up.js';
import { eachStep } from './each-step.js';
import type { Journal } from './journal.js';
import { DirGone, OpenDirs } from './open-dirs.js';
import { Moved, performStep } from './perform-step.js';
import { type ApplyPlan, planApply } from './plan.js';
import { rollBack } from './roll-back.js';
import { type ApplyItem, type PlannedDirs, type Scan, scanWorkspace } from './scan.js';
import { type ReadBytes, stageSteps } from './stage.js';
import { backupsOf, type Place } from './step.js';
import { chooseTempName } from './write-temp.js';

export interface Transaction {
  /** Absolute path of the real workspace, links resolved. */
  readonly root: string;
  /** Where the applies of this workspace are written down. */
  readonly appliesDir: string;
  readonly sessionId: string;
  readonly items: readonly ApplyItem[];
  /** The approved bytes. */
  readonly read: ReadBytes;
  readonly dirs?: PlannedDirs;
  readonly undoes?: string;
}

/** Somebody changes the workspace at the same time: the plan is made again. */
const TRIES = 3;

/**
 * Does all of the items that can be done, or none of them. Those that cannot be (conflicts, refusals) are told of and
 * left out. Never throws; after a failure the workspace is as it was.
 */
export async function applyItems(transaction: Transaction): Promise<readonly ApplyOutcome[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptAll(transaction);
    } catch (error) {
      if (attempt < TRIES && isMoved(error)) continue;
      return transaction.items.map(({ path }) => ({ kind: 'failed', path, error: toError(path, error) }));
    }
  }
}

async function attemptAll(transaction: Transaction): Promise<readonly ApplyOutcome[]> {
  const { root, items, dirs } = transaction;
  const record = await ApplyRecord.create(transaction.appliesDir, Date.now());
  let plan: ApplyPlan;
  let journal: Journal;
  let scan: Scan;
  try {
    scan = await scanWorkspace(root, items, record.kept, dirs);
    plan = planApply(items, scan, chooseTempName, dirs);
    journal = describe(transaction, record, plan);
    if (plan.steps.length > 0) await begin(record, journal);
  } catch (error) {
    await record.remove();
    throw error;
  }
  if (plan.steps.length === 0) await record.remove();
  else {
    await prepare(transaction, record, journal, scan);
    await commit(record, journal);
  }
  return [...plan.planned.map((path) => ({ kind: 'applied' as const, path })), ...plan.decided];
}

function describe(transaction: Transaction, record: ApplyRecord, plan: ApplyPlan): Journal {
  const { root, sessionId, undoes } = transaction;
  return {
    version: 1,
    id: record.id,
    sessionId,
    workspace: root,
    at: Date.now(),
    phase: 'prepare',
    ...(undoes === undefined ? {} : { undoes }),
    steps: [...plan.steps],
    kept: record.kept.index,
  };
}

async function begin(record: ApplyRecord, journal: Journal): Promise<void> {
  await record.kept.sync();
  await record.save(journal);
}

/** After this, everything that the steps need is on the disk, and nothing of the user's has been touched. */
async function prepare(
  { root, read }: Transaction,
  record: ApplyRecord,
  journal: Journal,
  scan: Scan,
): Promise<void> {
  try {
    const live: Parameters<typeof stageSteps>[0]['live'] = (path) =>
      scan.live.get(path) ?? { kind: 'absent' };
    const readKept: ReadBytes = (sha) => record.kept.get(sha);
    await stageSteps({ root, steps: journal.steps, live, read, readKept });
    await record.save({ ...journal, phase: 'commit' });
  } catch (error) {
    throw await rollBackAfter(error, record, journal);
  }
}

async function commit(record: ApplyRecord, journal: Journal): Promise<void> {
  const dirs = new OpenDirs(journal.workspace);
  try {
    await eachStep(dirs, journal.steps, (step) => performStep(dirs, step));
    await dirs.flush();
  } catch (error) {
    throw await rollBackAfter(error, record, journal);
  } finally {
    await dirs.abandon();
  }
  await finish(record, journal, journal.steps.flatMap(backupsOf));
}

/** Everything is done; what fails here is finished by the next start. */
export async function finish(
  record: ApplyRecord,
  journal: Journal,
  leftovers: readonly Place[],
): Promise<void> {
  try {
    await cleanUp(journal.workspace, leftovers);
    await record.save({ ...journal, phase: 'done' });
  } catch {
    // The journal says `commit`, and every step is done: recovery finds only the names to remove.
  } finally {
    await record.kept.close();
  }
}

/** The error to tell of: the first one when all is as it was, or that it is not. */
async function rollBackAfter(error: unknown, record: ApplyRecord, journal: Journal): Promise<unknown> {
  try {
    await rollBack(record, journal);
    return error;
  } catch (failure) {
    return errors.applyUnfinished(describeFsError(error), describeFsError(failure), error);
  } finally {
    await record.kept.close();
  }
}

function isMoved(error: unknown): boolean {
  return error instanceof Moved || error instanceof DirGone;
}

function toError(path: string, error: unknown): AirlockError {
  return error instanceof AirlockError ? error : errors.applyFailed(path, describeFsError(error), error);
}
