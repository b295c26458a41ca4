import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { isOwnedByDead } from '../../base/owner.js';
import { COMMITS_RECORD } from '../../workspace/commits/stored-commits.js';
import { ifThere, listSessionIds, sessionsDir } from './session-files.js';

/** A folder is looked at again only so long after its last change: its maker, or the user, may not be done yet. */
const QUIET_MS = 60 * 60_000;
/** So long the agent's commits wait to be imported after everything else was decided. */
const COMMITS_MS = 14 * 24 * QUIET_MS;

/** The least that must be understood of a review, whichever version wrote it. */
const decisions = z.object({ version: z.literal(1), items: z.array(z.object({ decision: z.string() })) });
const FINAL = ['applied', 'rejected'];

/** The session folders that hold nothing to decide, and that no live process owns. Audit logs are elsewhere. */
export async function findStaleSessions(stateDir: string, now: number): Promise<readonly string[]> {
  const root = sessionsDir(stateDir);
  const dirs = (await listSessionIds(stateDir)).map((id) => join(root, id));
  const stale = await Promise.all(dirs.map((dir) => isStale(dir, now)));
  return dirs.filter((_, index) => stale[index]);
}

async function isStale(dir: string, now: number): Promise<boolean> {
  const names = await ifThere(readdir(dir));
  // An overlay that could not be removed is tried again first; damaged reviews may be mended by hand.
  if (names === undefined || names.some((name) => name === 'overlay' || name.includes('.damaged-')))
    return false;
  if (!(await isAbandoned(dir, now))) return false;
  const hasCommits = names.includes(COMMITS_RECORD);
  if (hasCommits && !(await isQuiet(join(dir, COMMITS_RECORD), now, COMMITS_MS))) return false;
  const review = join(dir, 'review.json');
  const text = await ifThere(readFile(review, 'utf8'));
  return text === undefined || (isDecided(text) && (await isQuiet(review, now)));
}

/** The owner is gone; or none was ever written, and that long ago. */
async function isAbandoned(dir: string, now: number): Promise<boolean> {
  const owner = (await ifThere(readFile(join(dir, 'owner'), 'utf8'))) ?? '';
  return owner === '' ? isQuiet(dir, now) : isOwnedByDead(owner);
}

function isDecided(text: string): boolean {
  const parsed = decisions.safeParse(parseJson(text));
  return parsed.success && parsed.data.items.every(({ decision }) => FINAL.includes(decision));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: no review that we understand, and so one to keep.
    return undefined;
  }
}

async function isQuiet(path: string, now: number, ms = QUIET_MS): Promise<boolean> {
  const stats = await ifThere(lstat(path));
  return stats !== undefined && now - stats.mtimeMs > ms;
}
