import type { AuditRecord } from '../../audit/records.js';
import type { Change, FileState } from '../../workspace/changes.js';
import type { DecisionRecord } from '../../workspace/review/review.js';
import type { SessionAudit } from '../record/session-audit.js';

/** A captured change as the audit log keeps it: hashes, never content. */
export function toChangeRecord(change: Change): AuditRecord {
  return {
    kind: 'change',
    path: change.path,
    status: change.status,
    before: hashOf(change.before),
    after: hashOf(change.after),
  };
}

/** Writes each step of a change's fate to the log; settles when it is there. */
export function recordDecision(
  audit: Pick<SessionAudit, 'record'>,
): (record: DecisionRecord) => Promise<void> {
  return async ({ path, decision, after, detail }) => {
    if (decision === 'pending') return;
    const reason = detail === undefined ? {} : { reason: detail };
    await audit.record({ kind: 'change-decision', path, decision, sha256: hashOf(after), ...reason });
  };
}

function hashOf(state: FileState): string | null {
  return state.kind === 'file' ? state.sha256 : null;
}
