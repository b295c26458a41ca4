import { changeKey } from '../../workspace/changes.js';
import type { SessionReport } from '../record/session-report.js';
import type { Sandbox } from '../sandbox/start-sandbox.js';
import type { WorkspaceView } from '../sandbox/workspace-view.js';
import type { SessionParts } from '../session-parts.js';
import { captureSignal } from './capture-queue.js';
import { toChangeRecord } from './change-record.js';

/** Records between two waits for the disk, so that a flood of changes cannot outrun the log. */
const RECORDS_PER_FLUSH = 500;

/** Takes the sandbox's changes into the review and tells of them; the audit log gets each once. */
export function createCapture(
  { audit, review }: Pick<SessionParts, 'audit' | 'review'>,
  view: WorkspaceView,
  sandbox: Promise<Sandbox>,
  report: SessionReport,
  signal: AbortSignal,
): () => Promise<void> {
  const recorded = new Set<string>();
  return async () => {
    for (const change of await view.capture(await sandbox, captureSignal(signal))) {
      const key = changeKey(change);
      if (recorded.has(key)) continue;
      recorded.add(key);
      report.record(toChangeRecord(change));
      if (recorded.size % RECORDS_PER_FLUSH === 0) await audit.flush();
    }
    report.emit({ type: 'changes', changes: review.list().map(({ change }) => change) });
  };
}
