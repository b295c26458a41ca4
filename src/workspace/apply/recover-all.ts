import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../fs-errors.js';
import { withLock } from '../lock-file.js';
import { listApplyIds } from './apply-record.js';
import { isDone } from './journal.js';
import { type Recovery, recoverApplies } from './recover.js';

export function appliesDirOf(stateDir: string): string {
  return join(stateDir, 'applies');
}

/** Ends every apply that was cut short, of whatever workspace. One that another process is at is left to that. */
export async function recoverAll(
  stateDir: string,
): Promise<{ readonly recoveries: readonly Recovery[]; readonly failures: readonly unknown[] }> {
  const recoveries: Recovery[] = [];
  const failures: unknown[] = [];
  for (const dir of await listWorkspaces(appliesDirOf(stateDir))) {
    try {
      if (!(await hasUnfinished(dir))) continue;
      recoveries.push(...(await withLock(join(dir, 'lock'), 0, () => recoverApplies(dir))));
    } catch (error) {
      failures.push(error);
    }
  }
  return { recoveries, failures };
}

async function hasUnfinished(dir: string): Promise<boolean> {
  for (const id of await listApplyIds(dir)) if (!(await isDone(join(dir, id)))) return true;
  return false;
}

async function listWorkspaces(dir: string): Promise<readonly string[]> {
  try {
    return (await readdir(dir)).map((name) => join(dir, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
