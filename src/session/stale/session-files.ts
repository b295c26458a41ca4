import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatOwner, isAlive, type Owner, parseOwner } from '../../base/owner.js';

/** Where a session keeps what it keeps, below the state directory. */
export interface SessionFiles {
  readonly dir: string;
  readonly owner: string;
  readonly audit: string;
}

export function sessionsDir(stateDir: string): string {
  return join(stateDir, 'sessions');
}

/** As `createSessionId` makes them; other names in the folder are not ours. */
function isSessionId(name: string): boolean {
  return /^[0-9a-f]{12}$/.test(name);
}

export function sessionFiles(stateDir: string, sessionId: string): SessionFiles {
  const dir = join(sessionsDir(stateDir), sessionId);
  return { dir, owner: join(dir, 'owner'), audit: join(stateDir, 'audit', `${sessionId}.jsonl`) };
}

/** Makes the folders, private to the user, and says whose they are before anything else is put there. */
export async function createSessionFiles(
  stateDir: string,
  sessionId: string,
  owner: Owner,
): Promise<SessionFiles> {
  const files = sessionFiles(stateDir, sessionId);
  await mkdir(files.dir, { recursive: true, mode: 0o700 });
  await mkdir(join(stateDir, 'audit'), { recursive: true, mode: 0o700 });
  await writeFile(files.owner, `${formatOwner(owner)}\n`, { mode: 0o600 });
  return files;
}

/** The sessions that have a folder; none when nothing was ever stored. */
export async function listSessionIds(stateDir: string): Promise<readonly string[]> {
  const names = await ifThere(readdir(sessionsDir(stateDir)));
  return (names ?? []).filter(isSessionId);
}

/** What the owner file says; empty when it cannot be read, and the session then is nobody's that we know. */
export async function readOwner(file: string): Promise<string> {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
}

/** The other live process that runs the session, or ran it: the only one that may decide in its review. */
export async function findHolder(
  stateDir: string,
  sessionId: string,
  owner: Owner,
): Promise<Owner | undefined> {
  const holder = parseOwner(await readOwner(sessionFiles(stateDir, sessionId).owner));
  const isOther = holder !== undefined && formatOwner(holder) !== formatOwner(owner) && isAlive(holder);
  return isOther ? holder : undefined;
}

/** `undefined` for what does not exist; other failures pass. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}
