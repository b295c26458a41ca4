import type { AuditRecord } from '../../audit/records.js';
import { protectionErrors } from '../../base/protection-errors.js';
import { toVisibleLine } from '../../base/visible-text.js';
import type { GuaranteeResult, SelfTest } from './evaluate.js';

/** Throws when a guarantee failed, or cannot be proven and the user has not accepted that for the runtime. */
export function requireGuarantees({ results }: SelfTest, runtime: string, accepted: readonly string[]): void {
  const broken = results.filter(({ status }) => status === 'failed');
  if (broken.length > 0) throw protectionErrors.guaranteeFailed(broken.map(describe));
  const open = results.filter(({ status, id }) => status === 'not-provable' && !accepted.includes(id));
  if (open.length > 0)
    throw protectionErrors.guaranteeUnproven(
      runtime,
      open.map(({ id }) => id),
      open.map(describe),
    );
}

/** What the audit log says of a self-test. */
export function toSelfTestRecord({ principal, uid, ms, results }: SelfTest, runtime: string): AuditRecord {
  const list = results.map(({ id, status, reason }) => ({ id, status, reason: toVisibleLine(reason, 500) }));
  return { kind: 'self-test', principal, uid, runtime, ms, results: list };
}

function describe({ id, reason }: GuaranteeResult): string {
  return `${id} (${toVisibleLine(reason, 300)})`;
}
