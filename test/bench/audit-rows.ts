import { join } from 'node:path';
import { openAuditLog } from '../../src/audit/audit-log.js';
import { type Row, row } from './measure.js';

const RECORDS = 50_000;
const BATCH = 500;

/** What the audit log takes, hashed, bounded and cleaned, with a sync to the disk for each hundredth record. */
export async function measureAudit(dir: string): Promise<readonly Row[]> {
  const log = await openAuditLog(join(dir, 'audit.jsonl'));
  const began = performance.now();
  for (let index = 0; index < RECORDS; index += 1) {
    if (index % 100 === 0)
      log.append({ kind: 'change-decision', path: `src/${index}.ts`, decision: 'applied', sha256: null });
    else
      log.append({
        ...{
          kind: 'tool',
          callId: `t${index}`,
          tool: 'run_command',
          summary: 'npm test -- --grep "some name"',
        },
        ...{ decision: 'allow', rule: 'npm.test', reason: 'the policy allows npm test' },
      });
    if (index % BATCH === 0) await log.flush();
  }
  await log.close();
  const perSecond = Math.round(RECORDS / ((performance.now() - began) / 1000));
  return [
    row('audit records written in a second', { ours: perSecond, against: 20_000 }, '1/s', RECORDS, {
      of: 'ours',
      value: 20_000,
      atLeast: true,
    }),
  ];
}
