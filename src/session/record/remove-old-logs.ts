import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyAuditLog } from '../../audit/verify.js';
import { describeError } from '../../base/errors.js';
import type { Logger } from '../../base/logger.js';
import { listSessionIds } from '../stale/session-files.js';
import { findAuditLogs } from './audit-logs.js';
import { SessionAudit } from './session-audit.js';

const DAY_MS = 24 * 60 * 60_000;
/** Beside the logs, itself one: what was removed, so that a log that is missing otherwise was not removed by us. */
export const REMOVED_LOGS = 'removed.jsonl';

/**
 * Removes the logs that nothing was written to for `keepDays` days and whose session has no folder any more: it neither
 * runs in any window nor has a review that waits. Each is written down before. Returns how many went; a log that cannot
 * be removed is told of in the log and stays.
 */
export async function removeOldLogs(
  stateDir: string,
  keepDays: number,
  now: number,
  logger: Logger,
): Promise<number> {
  const kept = new Set(await listSessionIds(stateDir));
  const old = (await findAuditLogs(stateDir)).filter(
    ({ sessionId, changedAt }) => !kept.has(sessionId) && now - changedAt > keepDays * DAY_MS,
  );
  if (old.length === 0) return 0;
  const removals = SessionAudit.ended(join(stateDir, 'audit', REMOVED_LOGS), logger);
  let removed = 0;
  try {
    for (const { sessionId, file } of old) {
      try {
        const found = await verifyAuditLog(file);
        const state =
          found.kind === 'intact'
            ? { lines: found.lines, sha256: found.sha256 }
            : { lines: found.line - 1, sha256: null, broken: found.reason };
        await removals.record({ kind: 'log-removed', sessionId, ...state });
        await rm(file, { force: true });
        await rm(`${file}.head`, { force: true });
        removed += 1;
      } catch (error) {
        logger.warn(`the audit log of session ${sessionId} was not removed: ${describeError(error)}`);
      }
    }
  } finally {
    await removals.close();
  }
  return removed;
}
