import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatOwner, type Owner } from './owner.js';

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
export function isSessionId(name: string): boolean {
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
