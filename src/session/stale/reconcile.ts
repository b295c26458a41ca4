import { readdir, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AirlockError, describeError, errors } from '../../base/errors.js';
import type { Logger } from '../../base/logger.js';
import { isOwnedByDead } from '../../base/owner.js';
import type { OwnedResource, SandboxEngine } from '../../sandbox/engine.js';
import type { SandboxImage } from '../../sandbox/image.js';
import { labels, PRODUCT } from '../../sandbox/labels.js';
import { removeOverlayDirs } from '../../workspace/view/overlay.js';
import type { Leftovers } from '../api.js';
import { remountVolume } from '../sandbox/remount.js';
import { ifThere, listSessionIds, readOwner, sessionFiles } from './session-files.js';
import { findStaleSessions } from './stale-sessions.js';

const REMOUNT_MS = 60_000;

/** What a dead process asked the engine for may still come into being while it is looked for. */
const ROUNDS = 5;
const ROUND_MS = 100;

/**
 * Removes what dead processes left: containers, then their overlay folders, then the volumes on these, and the
 * session folders that hold nothing to decide. Looks again after it has removed something.
 */
export async function reconcile(
  engine: SandboxEngine,
  image: SandboxImage,
  stateDir: string,
  logger: Logger,
): Promise<Leftovers> {
  let removed = 0;
  let failures: readonly AirlockError[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const found = await removeOnce(engine, image, stateDir, logger);
    removed += found.removed;
    failures = found.failures;
    if (found.isClean) break;
    await delay(ROUND_MS);
  }
  for (const dir of await findStaleSessions(stateDir, Date.now())) {
    const failure = await attempt(
      `session folder ${dir}`,
      () => rm(dir, { recursive: true, force: true }),
      logger,
    );
    if (failure === undefined) removed += 1;
    else failures = [...failures, failure];
  }
  return { removed, failures };
}

interface Round extends Leftovers {
  /** There was nothing to remove, or no engine to ask. */
  readonly isClean: boolean;
}

async function removeOnce(
  engine: SandboxEngine,
  image: SandboxImage,
  stateDir: string,
  logger: Logger,
): Promise<Round> {
  const failures: AirlockError[] = [];
  let removed = 0;
  const remove = async (what: string, work: () => Promise<void>): Promise<void> => {
    const failure = await attempt(what, work, logger);
    if (failure === undefined) removed += 1;
    else failures.push(failure);
  };

  const orphans = await findOrphans(engine);
  if (orphans instanceof AirlockError) return { removed: 0, failures: [orphans], isClean: true };
  for (const { id } of orphans.filter(({ kind }) => kind === 'container')) {
    await remove(`container ${id}`, () => engine.removeContainer(id));
  }
  // An overlay is removed only when it is known that nothing mounts it any more.
  const overlays = failures.length > 0 ? [] : await findDeadOverlays(stateDir);
  for (const dir of overlays) {
    await remove(`overlay of ${dir}`, () =>
      removeOverlayDirs(dir, () => remountOrphan(engine, image, basename(dir), orphans)),
    );
  }
  for (const { id } of orphans.filter(({ kind }) => kind === 'volume')) {
    await remove(`volume ${id}`, () => engine.removeVolume(id));
  }
  return { removed, failures, isClean: orphans.length + overlays.length === 0 };
}

async function attempt(
  what: string,
  work: () => Promise<void>,
  logger: Logger,
): Promise<AirlockError | undefined> {
  try {
    await work();
    logger.info(`removed a leftover: ${what}`);
    return undefined;
  } catch (error) {
    return error instanceof AirlockError ? error : errors.engineFailed(what, describeError(error), error);
  }
}

async function remountOrphan(
  engine: SandboxEngine,
  image: SandboxImage,
  sessionId: string,
  orphans: readonly OwnedResource[],
): Promise<void> {
  const volume = orphans.find(
    ({ kind, labels: found }) => kind === 'volume' && found[labels.session] === sessionId,
  );
  if (volume === undefined) throw new Error('its volume is gone, so only root can remove it');
  const built = await image.ensure(() => undefined, AbortSignal.timeout(REMOUNT_MS));
  await remountVolume(engine, built, sessionId, volume.labels);
}

async function findOrphans(engine: SandboxEngine): Promise<readonly OwnedResource[] | AirlockError> {
  try {
    const owned = await engine.listOwned({ [labels.product]: PRODUCT, [labels.session]: '' });
    return owned.filter(({ labels: found }) => isOwnedByDead(found[labels.owner]));
  } catch (error) {
    return error instanceof AirlockError ? error : errors.engineFailed('list', describeError(error), error);
  }
}

async function findDeadOverlays(stateDir: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of await listSessionIds(stateDir)) {
    const { dir, owner } = sessionFiles(stateDir, id);
    const names = (await ifThere(readdir(dir))) ?? [];
    if (names.includes('overlay') && isOwnedByDead(await readOwner(owner))) found.push(dir);
  }
  return found;
}
