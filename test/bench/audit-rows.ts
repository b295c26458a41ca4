import { join } from 'node:path';
import { openAuditLog } from '../../src/audit/audit-log.js';
import { AuditLogView } from '../../src/audit/view/log-view.js';
import { median, type Row, row } from './measure.js';

const RECORDS = 50_000;
const BATCH = 500;
const VIEWED = 100_000;
const FILTERS = 20;

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
    ...(await measureViewer(dir)),
    row('audit records written in a second', { ours: perSecond, against: 20_000 }, '1/s', RECORDS, {
      of: 'ours',
      value: 20_000,
      atLeast: true,
    }),
  ];
}

/** What the viewer takes for a log of 100,000 records: until it can show the first rows, all, and those of a filter. */
async function measureViewer(dir: string): Promise<readonly Row[]> {
  const file = join(dir, 'viewed.jsonl');
  const log = await openAuditLog(file);
  for (let index = 0; index < VIEWED; index += 1) {
    const call = { callId: `t${index}`, tool: 'run_command', summary: `npm run step-${index}` };
    log.append({ kind: 'tool', ...call, decision: 'allow', rule: 'npm.run', reason: 'the policy allows it' });
    if (index % BATCH === 0) await log.flush();
  }
  await log.close();
  const view = new AuditLogView(file);
  const began = performance.now();
  let first: number | undefined;
  await view.read(false, () => {
    first ??= performance.now() - began;
  });
  const all = performance.now() - began;
  const filtered = Array.from({ length: FILTERS }, (_, index) => {
    const from = performance.now();
    view.filter({ kind: 'tool', tool: '', decision: 'allow', text: `STEP-${index}9`, timeline: true });
    return performance.now() - from;
  });
  const limit = (value: number) => ({ of: 'ours', value }) as const;
  const of = (ours: number, against: number) => ({ ours, against });
  return [
    row('audit viewer: first rows of 100,000', of(first ?? all, 500), 'ms', 1, limit(500)),
    row('audit viewer: all 100,000 read and checked', of(all, 10_000), 'ms', 1, limit(10_000)),
    row('audit viewer: a filter over 100,000', of(median(filtered), 200), 'ms', FILTERS, limit(200)),
  ];
}
