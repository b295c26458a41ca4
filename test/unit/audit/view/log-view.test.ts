import { deepEqual, equal } from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditLog, openAuditLog } from '../../../../src/audit/audit-log.js';
import type { AuditRecord } from '../../../../src/audit/records.js';
import type { RowFilter } from '../../../../src/audit/view/filter-rows.js';
import { AuditLogView } from '../../../../src/audit/view/log-view.js';
import { sha256 } from '../../../../src/base/hash.js';

const records: readonly AuditRecord[] = [
  { kind: 'notice', level: 'info', text: 'began' },
  ask('t1', 'run_command', 'allow'),
  { kind: 'process', pid: 7, parent: 1, argv: ['npm', 'test'] },
  { kind: 'tool-end', callId: 't1', ok: true, ms: 1500 },
  ask('t2', 'read_file', 'deny'),
  { kind: 'notice', level: 'warning', text: 'a limit was reached' },
  { kind: 'change', path: 'src/a.ts', status: 'added', before: null, after: null },
  { kind: 'change-decision', path: 'src/a.ts', decision: 'applied', sha256: null },
];
const end: AuditRecord = { kind: 'session-end', outcome: 'finished', ms: 9000 };

function ask(callId: string, tool: string, answer: 'allow' | 'deny'): AuditRecord {
  return {
    kind: 'tool',
    callId,
    tool,
    summary: 'x',
    decision: 'ask',
    rule: 'r',
    reason: 'why',
    answer,
    answeredBy: 'user',
    waitedMs: 3200,
  };
}

describe('the rows of an audit log', () => {
  const everything: RowFilter = { kind: '', tool: '', decision: '', text: '', timeline: false };
  let dir: string;
  let file: string;
  let log: AuditLog;
  let view: AuditLogView;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-view-'));
    file = join(dir, 'audit.jsonl');
    log = await openAuditLog(file);
    for (const record of records) log.append(record);
    await log.flush();
    view = new AuditLogView(file);
  });
  afterEach(async () => {
    await log.close();
    await rm(dir, { recursive: true });
  });

  const numbers = (filter: Partial<RowFilter>) =>
    view.filter({ ...everything, ...filter }).map(({ seq }) => seq);

  it('are filtered by kind, tool, decision, text and what shapes the session, all together', async () => {
    await view.read(true);
    deepEqual(numbers({}), [0, 1, 2, 3, 4, 5, 6, 7]);
    deepEqual(numbers({ kind: 'notice' }), [0, 5]);
    deepEqual(numbers({ tool: 'run_command' }), [1]);
    deepEqual(numbers({ decision: 'deny' }), [4]);
    deepEqual(numbers({ text: ' SRC/a ' }), [6, 7]);
    deepEqual(numbers({ timeline: true }), [1, 4, 5, 7]);
    deepEqual(numbers({ timeline: true, tool: 'read_file', decision: 'allow' }), []);
  });

  it('tell how long a tool took by the record of its end', async () => {
    await view.read(true);
    const took = view.filter({ ...everything, tool: 'run_command' }).map((row) => view.durationOf(row));
    deepEqual(took, [1500]);
  });

  it('say what was answered to a question, and how long it waited', async () => {
    await view.read(true);
    equal(view.rows[4]?.text, 'ask: read_file x (r: why); answered deny (user) after 3.2 s');
  });

  it('grow with the log, whose half last line waits for its other half', async () => {
    await view.read(true);
    log.append(end);
    await log.close();
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, whole.length - 5));
    await rm(`${file}.head`);
    await view.read(true);
    equal(view.rows.length, records.length);
    equal(view.verification.kind, 'intact');
    await appendFile(file, whole.subarray(whole.length - 5));
    await writeFile(`${file}.head`, JSON.stringify({ lines: 9, sha256: lastHash(whole) }));
    await view.read(true);
    equal(view.rows.length, records.length + 1);
    equal(view.verification.kind === 'intact' && view.verification.ended, true);
  });

  it('of a log that nobody writes to any more may not end in half a line', async () => {
    await appendFile(file, '{"seq":8');
    await view.read(false);
    deepEqual(view.verification, { kind: 'broken', line: 9, reason: 'the line has no end' });
  });

  it('are shown beyond a damage, which is told of', async () => {
    const lines = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, lines.map((line, at) => (at === 2 ? line.replace('npm', 'nmp') : line)).join('\n'));
    await view.read(true);
    equal(view.rows.length, records.length);
    deepEqual(view.verification, {
      kind: 'broken',
      line: 4,
      reason: 'the line does not follow from the one before it',
    });
  });
});

function lastHash(whole: Buffer): string {
  const lines = whole.toString('utf8').trimEnd().split('\n');
  return sha256(Buffer.from(lines.at(-1) ?? ''));
}
