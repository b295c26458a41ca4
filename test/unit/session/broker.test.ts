import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type AuditRecord, auditRecord } from '../../../src/audit/records.js';
import { silentLogger } from '../../../src/base/logger.js';
import { planCall } from '../../../src/policy/evaluate.js';
import { loadPreset } from '../../../src/policy/presets/index.js';
import { toolResult } from '../../../src/protocol/tools.js';
import { ToolBroker } from '../../../src/session/broker/broker.js';
import { observeBroker } from '../../../src/session/broker/broker-observer.js';
import { openDesk } from '../../../src/session/questions/open-desk.js';
import type { Confirm } from '../../../src/session/questions/question.js';

const policy = loadPreset('developer');

/** The broker with its real policy, desk and observer. It has no sandbox: what is allowed fails after it was. */
async function request(confirm: Confirm, command: string, approvals?: readonly string[]) {
  const records: AuditRecord[] = [];
  const broker = new ToolBroker({
    proxy: Promise.reject(new Error('no sandbox here')),
    decide: (call) => planCall(policy, call),
    desk: openDesk({
      sessionId: 's',
      policy,
      workspace: '/ws',
      confirm,
      logger: silentLogger,
      signal: new AbortController().signal,
      ...(approvals && { approvals: { load: async () => approvals, save: async () => undefined } }),
    }),
    observer: observeBroker({
      audit: { append: (record) => records.push(auditRecord.parse(record)) },
      emit: () => undefined,
      onWorkspaceTouched: () => undefined,
    }),
  });
  const answer = new PassThrough();
  const body = Buffer.from(JSON.stringify({ command }));
  const signal = new AbortController().signal;
  const [said] = await Promise.all([
    text(answer),
    broker.handle({ tool: 'run_command', body, signal, respond: () => answer }),
  ]);
  const result = toolResult.parse(JSON.parse(said.trim()));
  return { result, tool: records.find((record) => record.kind === 'tool') };
}

describe('the broker, when the policy asks', () => {
  it("tells the agent the user's note, and the log too", async () => {
    const { result, tool } = await request(
      async () => ({ kind: 'deny', note: 'use npm run build' }),
      './build.sh',
    );
    assert.equal(result.ok, false);
    assert.equal(result.denied?.rule, 'workspace-program');
    assert.match(result.text, /^denied by the user .*\nThe user's note: use npm run build$/s);
    assert.ok(tool?.kind === 'tool');
    assert.deepEqual(
      [tool.decision, tool.answer, tool.answeredBy, tool.note],
      ['deny', 'deny', 'user', 'use npm run build'],
    );
  });

  it('runs what is allowed, and records what is remembered', async () => {
    const { result, tool } = await request(
      async () => ({ kind: 'allow', remember: 'session' }),
      './build.sh',
    );
    assert.match(result.text, /no sandbox here/);
    assert.ok(tool?.kind === 'tool');
    assert.deepEqual([tool.decision, tool.answer, tool.answeredBy], ['allow', 'allow', 'user']);
    assert.ok(Number.isInteger(tool.waitedMs));
    assert.deepEqual(tool.remembered, { scope: 'session', rules: ['./build.sh'] });
  });

  it('asks nobody about what is remembered, and records that', async () => {
    const confirm: Confirm = async () => assert.fail('the user was asked');
    const { result, tool } = await request(confirm, './build.sh', ['./build.sh']);
    assert.match(result.text, /no sandbox here/);
    assert.ok(tool?.kind === 'tool');
    assert.deepEqual([tool.decision, tool.answeredBy], ['allow', 'workspace']);
  });

  it('asks nobody about what is denied, whatever is remembered', async () => {
    const confirm: Confirm = async () => assert.fail('the user was asked');
    const { result, tool } = await request(confirm, 'sudo ./build.sh', ['sudo ./build.sh']);
    assert.match(result.text, /^denied by policy/);
    assert.ok(tool?.kind === 'tool' && tool.answer === undefined);
  });
});
