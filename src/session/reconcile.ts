import { readdir, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { AirlockError, describeError, errors } from '../base/errors.js';
import type { Logger } from '../base/logger.js';
import { isOwnedByDead } from '../base/owner.js';
import type { OwnedResource, SandboxEngine } from '../sandbox/engine.js';
import type { SandboxImage } from '../sandbox/image.js';
import { labels, PRODUCT } from '../sandbox/labels.js';
import { removeOverlayDirs } from '../workspace/view/overlay.js';
import type { Leftovers } from './api.js';
import { remountVolume } from './remount.js';
import { ifThere, listSessionIds, readOwner, sessionFiles } from './session-files.js';
import { findStaleSessions } from './stale-sessions.js';

const REMOUNT_MS = 60_000;

/**
 * Removes what dead processes left: containers, then their overlay folders, then the volumes on these, and the
 * session folders that hold nothing to decide.
 */
export async function reconcile(
  engine: SandboxEngine,
  image: SandboxImage,
  stateDir: string,
  logger: Logger,
): Promise<Leftovers> {
  const failures: AirlockError[] = [];
  let removed = 0;
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      removed += 1;
      logger.info(`removed a leftover: ${what}`);
    } catch (error) {
      failures.push(
        error instanceof AirlockError ? error : errors.engineFailed(what, describeError(error), error),
      );
    }
  };

  const orphans = await findOrphans(engine, failures);
  for (const { id } of orphans.filter(({ kind }) => kind === 'container')) {
    await attempt(`container ${id}`, () => engine.removeContainer(id));
  }
  // An overlay is removed only when it is known that nothing mounts it any more.
  for (const dir of failures.length > 0 ? [] : await findDeadOverlays(stateDir)) {
    await attempt(`overlay of ${dir}`, () =>
      removeOverlayDirs(dir, () => remount(engine, image, basename(dir), orphans)),
    );
  }
  for (const { id } of orphans.filter(({ kind }) => kind === 'volume')) {
    await attempt(`volume ${id}`, () => engine.removeVolume(id));
  }
  for (const dir of await findStaleSessions(stateDir, Date.now())) {
    await attempt(`session folder ${dir}`, () => rm(dir, { recursive: true, force: true }));
  }
  return { removed, failures };
}

async function remount(
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

async function findOrphans(engine: SandboxEngine, failures: AirlockError[]): Promise<OwnedResource[]> {
  try {
    const owned = await engine.listOwned({ [labels.product]: PRODUCT, [labels.session]: '' });
    return owned.filter(({ labels: found }) => isOwnedByDead(found[labels.owner]));
  } catch (error) {
    failures.push(
      error instanceof AirlockError ? error : errors.engineFailed('list', describeError(error), error),
    );
    return [];
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
