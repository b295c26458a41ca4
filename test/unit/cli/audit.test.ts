import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { openAuditLog } from '../../../src/audit/audit-log.js';
import { AirlockError } from '../../../src/base/errors.js';
import { escapeMarkdown } from '../../../src/base/escape-markdown.js';
import { parseAuditOptions, runAudit } from '../../../src/cli/audit.js';

describe('airlock audit', () => {
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-audit-cli-'));
    file = join(dir, 'session.jsonl');
    const log = await openAuditLog(file, { clock: () => 1_000 });
    log.append({
      ...{
        kind: 'session-start',
        sessionId: 'abc',
        workspace: '/w',
        agent: 'builtin',
        provider: 'anthropic',
      },
      ...{ model: 'm', strategy: 'overlay', image: 'i', engine: 'e', preset: 'developer' },
      policySha256: 'a'.repeat(64),
    });
    log.append({
      ...{ kind: 'tool', callId: 't1', tool: 'run_command', summary: 'cat `x` | <b>[y](z)' },
      ...{ decision: 'deny', rule: 'none', reason: 'not in the policy' },
    });
    log.append({ kind: 'session-end', outcome: 'completed', ms: 1234.5 });
    await log.close();
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  async function audit(...argv: string[]) {
    const stdout = new PassThrough();
    const status = await runAudit(parseAuditOptions(argv), stdout);
    return { status, text: String(stdout.read() ?? '') };
  }

  it('says of each log whether it is whole, and ends with 1 when one is not', async () => {
    const whole = await audit('verify', file);
    assert.equal(whole.status, 0);
    assert.match(whole.text, /whole, 3 records, SHA-256 of the last [0-9a-f]{64}\n$/);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('not in the policy', 'not in the Policy'));
    const { status, text: said } = await audit('verify', file, '--json');
    assert.equal(status, 1);
    const found: unknown = JSON.parse(said);
    assert.deepEqual(found, {
      ...{ file, kind: 'broken', line: 3 },
      reason: 'the line does not follow from the one before it',
    });
  });

  it('says so when the session did not end in it', async () => {
    const open = join(dir, 'open.jsonl');
    const log = await openAuditLog(open);
    log.append({ kind: 'notice', level: 'info', text: 'begun' });
    await log.close();
    assert.match((await audit('verify', open)).text, /did not end in it/);
  });

  it('exports JSON lines and OpenTelemetry logs', async () => {
    const lines = (await audit('export', file)).text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ seq, kind }) => [seq, kind]),
      [
        [0, 'session-start'],
        [1, 'tool'],
        [2, 'session-end'],
      ],
    );
    const [logs] = JSON.parse((await audit('export', file, '--format', 'otlp')).text).resourceLogs;
    assert.deepEqual(logs.resource.attributes[1], { key: 'session.id', value: { stringValue: 'abc' } });
    const [, tool, end] = logs.scopeLogs[0].logRecords;
    assert.deepEqual(
      [tool.timeUnixNano, tool.severityNumber, tool.severityText, tool.eventName],
      ['1000000000', 13, 'WARN', 'airlock.tool'],
    );
    assert.deepEqual(end.attributes.at(-1), { key: 'airlock.ms', value: { doubleValue: 1234.5 } });
  });

  it('writes a report in which no text of the agent is markup, to a new file only', async () => {
    const output = join(dir, 'report.md');
    await audit('export', file, '--format', 'markdown', '--output', output);
    const report = await readFile(output, 'utf8');
    assert.match(report, /^# Session report\n\nThe record is whole: 3 lines/);
    assert.ok(report.includes('cat \\`x\\` \\| \\<b\\>\\[y\\]\\(z\\)'), report);
    await appendFile(output, 'mine');
    await assert.rejects(audit('export', file, '--output', output), isUsage);
    assert.ok((await readFile(output, 'utf8')).endsWith('mine'));
  });

  it('makes control characters visible and escapes what Markdown reads', () => {
    assert.equal(escapeMarkdown('a|b'), 'a\\|b');
    const shown = escapeMarkdown('a\u001b[31m\nb\u202e');
    assert.ok(!['\u001b', '\n', '\u202e'].some((hidden) => shown.includes(hidden)), shown);
  });

  it('refuses what it does not know', async () => {
    for (const argv of [
      [],
      ['verify'],
      ['forget', file],
      ['export', file, file],
      ['export', file, '--format', 'pdf'],
      ['verify', file, '--quiet'],
    ])
      assert.throws(() => parseAuditOptions(argv), isUsage);
    await assert.rejects(audit('verify', join(dir, 'none.jsonl')), isUsage);
  });
});

function isUsage(error: unknown): boolean {
  return error instanceof AirlockError && error.code === 'usage';
}
