import * as assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { openAuditLog } from '../../src/audit/audit-log.js';
import type { AirlockApi } from '../../src/ui/activate.js';
import { everything } from '../../src/ui/audit/audit-message.js';
import type { AuditPanel } from '../../src/ui/audit/audit-panel.js';
import { closeEditors, getAirlock, waitFor } from './airlock.js';

const SESSION = 'a0d17106a0d1';

describe('the audit viewer', () => {
  let api: AirlockApi;
  let file: string;
  let viewer: AuditPanel;

  before(async () => {
    api = await getAirlock();
    const dir = path.join(api.app.stateDir, 'audit');
    mkdirSync(dir, { recursive: true });
    file = path.join(dir, `${SESSION}.jsonl`);
    const log = await openAuditLog(file);
    const tool = { kind: 'tool', tool: 'run_command', decision: 'allow', rule: 'r', reason: 'why' } as const;
    for (let index = 0; index < 1000; index += 1)
      log.append({ ...tool, callId: `t${index}`, summary: `npm run step-${index}` });
    log.append({ kind: 'change-decision', path: 'src/gone.ts', decision: 'applied', sha256: null });
    log.append({ kind: 'session-end', outcome: 'finished', ms: 5000 });
    await log.close();
    await vscode.commands.executeCommand('airlock.showAuditLog', SESSION);
    viewer = await waitFor('the viewer', () => api.app.audits.get(SESSION));
    await waitFor('the log to be read', () => viewer.state().status.level === 'ok');
  });
  after(async () => {
    api.dialogs.answerWith({});
    await closeEditors();
    rmSync(file);
    rmSync(`${file}.head`);
  });

  it('says that the record is intact, and its page asks for the first rows', async () => {
    assert.match(viewer.state().status.text, /^Intact: 1002 records/);
    await waitFor('the page to ask', () => viewer.hasGivenRows);
  });

  it('filters by kind, tool, decision and text', async () => {
    const filter = { ...everything, kind: 'tool', tool: 'run_command', decision: 'allow', text: 'STEP-99' };
    await viewer.answer({ type: 'filter', filter });
    assert.equal(viewer.state().count, 11);
    assert.match(viewer.rows(0, 1).rows[0]?.text ?? '', /npm run step-99 /);
    assert.deepEqual(viewer.state().choices.kind, ['change-decision', 'session-end', 'tool']);
    await viewer.answer({ type: 'filter', filter: everything });
  });

  it('says plainly that the bytes of a change are not kept any more', async () => {
    const told: string[] = [];
    api.dialogs.answerWith({
      choose: async (_level, message) => {
        told.push(message);
        return undefined;
      },
    });
    await viewer.answer({ type: 'open', seq: 1000 });
    assert.match(told.join('\n'), /not kept any more/);
  });

  for (const [at, form] of [/^\{"seq":0,/, /^\{"resourceLogs":/, /^# Session report\n/].entries()) {
    it(`exports ${form.source}`, async () => {
      const output = path.join(tmpdir(), `airlock-export-${process.pid}-${at}`);
      api.dialogs.answerWith({
        pick: async (items) => items[at],
        save: async () => vscode.Uri.file(output),
      });
      await viewer.answer({ type: 'export' });
      assert.match(readFileSync(output, 'utf8'), form);
      rmSync(output);
    });
  }

  it('opens one viewer for a log, however often it is asked for', async () => {
    await vscode.commands.executeCommand('airlock.showAuditLog', SESSION);
    assert.equal(api.app.audits.get(SESSION), viewer);
  });
});
