import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type AirlockError, errors } from '../base/errors.js';
import { currentOwner, formatOwner, isOwnedByDead } from '../base/owner.js';
import { codeOf, isMissing } from './fs-errors.js';

const POLL_MS = 20;
/** A thief of a dead process's lock may itself die while it steals; so may who steals from it. */
const MAX_DEPTH = 3;

/** The error when the lock is not to be had in time; `holder` is the owner who has it. */
export type OnBusy = (holder: string) => AirlockError;

/** Runs `work` while no other process holds the lock at `location`; see `takeLock`. */
export async function withLock<T>(
  location: string,
  waitMs: number,
  work: () => Promise<T>,
  onBusy: OnBusy = errors.applyBusy,
): Promise<T> {
  const release = await takeLock(location, waitMs, onBusy);
  try {
    return await work();
  } finally {
    await release();
  }
}

/**
 * Waits up to `waitMs` for the lock, then throws what `onBusy` makes. A lock whose process is gone is taken over.
 * Returns what gives it back.
 */
export async function takeLock(
  location: string,
  waitMs: number,
  onBusy: OnBusy,
): Promise<() => Promise<void>> {
  await mkdir(dirname(location), { recursive: true, mode: 0o700 });
  await acquire(location, { until: Date.now() + waitMs, onBusy }, 0);
  return () => rm(location, { force: true });
}

interface Wait {
  readonly until: number;
  readonly onBusy: OnBusy;
}

async function acquire(location: string, wait: Wait, depth: number): Promise<void> {
  while (!(await tryCreate(location))) {
    const holder = await readLock(location);
    if (holder === undefined) continue;
    if (isDead(holder) && depth < MAX_DEPTH) await steal(location, holder, wait, depth);
    else if (Date.now() > wait.until) throw wait.onBusy(holder.split(' ')[0] ?? holder);
    else await setTimeout(POLL_MS);
  }
}

/** Complete from the first instant on: whoever sees it can read whose it is. */
async function tryCreate(location: string): Promise<boolean> {
  const nonce = randomBytes(8).toString('hex');
  const own = `${location}.${nonce}`;
  try {
    await writeFile(own, `${formatOwner(currentOwner())} ${nonce}`, { flag: 'wx', mode: 0o600 });
    await link(own, location);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** One thief at a time, and only of the very lock that was found dead. */
async function steal(location: string, dead: string, wait: Wait, depth: number): Promise<void> {
  const guard = `${location}.steal`;
  await acquire(guard, wait, depth + 1);
  try {
    if ((await readLock(location)) === dead) await rm(location, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function readLock(location: string): Promise<string | undefined> {
  try {
    return await readFile(location, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isDead(holder: string): boolean {
  return isOwnedByDead(holder.split(' ')[0]);
}
