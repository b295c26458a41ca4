import { equal, match, ok } from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditLog } from '../../../src/audit/audit-log.js';
import type { AuditRecord } from '../../../src/audit/records.js';
import { policyFragment } from '../../../src/policy/policy-fragment.js';
import { reviewSessions } from '../../../src/session/reviews/review-sessions.js';

type ToolRecord = Extract<AuditRecord, { kind: 'tool' }>;

describe('the review of the policy', () => {
  let stateDir: string;
  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'airlock-review-'));
    await mkdir(join(stateDir, 'audit'));
  });
  afterEach(() => rm(stateDir, { recursive: true, force: true }));

  async function writeLog(
    name: string,
    workspace: string,
    tools: readonly Partial<ToolRecord>[],
  ): Promise<string> {
    const file = join(stateDir, 'audit', `${name}.jsonl`);
    const log = await openAuditLog(file);
    const start = {
      sessionId: name,
      workspace,
      agent: '',
      provider: '',
      model: '',
      strategy: '',
      image: '',
      engine: '',
    };
    log.append({ kind: 'session-start', ...start, preset: 'developer', policySha256: '' });
    for (const [index, tool] of tools.entries())
      log.append({
        kind: 'tool',
        callId: `t${index}`,
        tool: 'run_command',
        summary: '',
        decision: 'allow',
        rule: '',
        reason: '',
        ...tool,
      });
    log.append({ kind: 'session-end', outcome: 'completed', ms: 1 });
    await log.close();
    return file;
  }
  const ran = (text: string, rule: string): Partial<ToolRecord> => ({
    summary: text,
    rule,
    commands: [{ text, decision: 'allow', rule }],
  });
  const refused = (text: string, rule: string): Partial<ToolRecord> => ({
    summary: text,
    decision: 'deny',
    rule,
    commands: [{ text, decision: 'deny', rule }],
  });
  const review = (
    more: { workspace?: string; last?: number; markdown?: boolean; remembered?: readonly string[] } = {},
  ) => reviewSessions({ stateDir, preset: 'developer', last: 10, markdown: true, ...more });

  it('tells what was never used, what was denied, what is an interpreter, what is too broad', async () => {
    const odd = 'frob `x` <img src=x> \u202e';
    await writeLog('a', '/w', [
      ran('git status', 'git.status'),
      ran('timeout 5 npm test', 'timeout'),
      { tool: 'write_file', summary: 'write a', rule: 'file.write' },
      ...[1, 2, 3].map(() => refused(odd, 'default-deny')),
      ...[1, 2, 3].map(() => refused('bash -c x', 'default-deny')),
      ...[1, 2].map(() => refused('zork', 'default-deny')),
    ]);
    const text = await review();
    match(text, /denied 3 times by the rule "default-deny"/);
    ok(!text.includes('zork') && !text.includes('\u202e'));
    match(text, /"git" was needed for 1 of its \d+ allowed sub-commands/);
    match(text, /"npm" can start any program; used inside other commands only/);
    match(text, /\d+ programs that can start any other were never used: .*`node`/);
    match(text, /allowed programs were never used/);
    ok(!/the file tools may write and never did/.test(text));
    const edits = [...text.matchAll(/````json\n([\s\S]*?)````/g)].map(([, json = '']) =>
      policyFragment.parse(JSON.parse(json)),
    );
    const commands = edits.flatMap((edit) => Object.entries(edit.commands ?? {}));
    ok(commands.some(([name, rule]) => name === 'frob' && rule !== false && rule.decision === 'ask'));
    ok(!commands.some(([name, rule]) => name === 'bash' && rule !== false));
    // Used inside another program, so it is not called unused.
    ok(!commands.some(([name, rule]) => name === 'npm' && rule === false));
    ok(commands.some(([name, rule]) => name === 'cp' && rule === false));
  });

  it('looks at the newest sessions of the workspace, and leaves damaged logs out', async () => {
    await writeLog('a', '/other', [ran('ls', 'ls')]);
    const damaged = await writeLog('b', '/w', [ran('ls', 'ls')]);
    await appendFile(damaged, '{}\n');
    await writeLog('c', '/w', [ran('ls', 'ls')]);
    match(await review({ workspace: '/w' }), /last 1 session \(1 tool calls\)[\s\S]*1 audit log is damaged/);
    match(await review({ last: 1 }), /last 1 session /);
    match(await review({ markdown: false }), /^What the last 2 sessions/);
  });

  it('lists what the user allowed for good, in code that its text cannot end', async () => {
    const text = await review({ remembered: ['./list.sh `x`', 'npm run \u202e *'] });
    match(text, /## Always allowed in this workspace\n\n- 2 rules run without a question: /);
    match(text, /`` \.\/list\.sh `x` ``/);
    ok(!text.includes('\u202e'));
    ok(!(await review()).includes('Always allowed'));
  });

  it('says so when there is nothing', async () => {
    await rm(stateDir, { recursive: true });
    match(await review(), /No tool was called|Interpreters allowed/);
    equal(typeof (await review({ markdown: false })), 'string');
  });
});
