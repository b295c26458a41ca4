import { deepEqual, equal } from 'node:assert/strict';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditLog } from '../../../src/audit/audit-log.js';
import { currentOwner } from '../../../src/base/owner.js';
import { listAuditLogs, mayLogGrow } from '../../../src/session/record/audit-logs.js';
import { createSessionFiles } from '../../../src/session/stale/session-files.js';

const [OLD, NEW] = ['00000000000a', '00000000000b'] as const;

describe('the audit logs of all sessions', () => {
  let stateDir: string;

  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'airlock-logs-'));
  });
  afterEach(() => rm(stateDir, { recursive: true }));

  it('are listed, the last written first', async () => {
    deepEqual(await listAuditLogs(stateDir), []);
    for (const [at, id] of [OLD, NEW].entries()) {
      const { audit } = await createSessionFiles(stateDir, id, currentOwner());
      await (await openAuditLog(audit)).close();
      await utimes(audit, 1000 + at, 1000 + at);
    }
    const logs = await listAuditLogs(stateDir);
    deepEqual(
      logs.map(({ sessionId }) => sessionId),
      [NEW, OLD],
    );
  });

  it('may grow only while its owner lives', async () => {
    await createSessionFiles(stateDir, NEW, currentOwner());
    await createSessionFiles(stateDir, OLD, { ...currentOwner(), start: 1 });
    equal(await mayLogGrow(stateDir, NEW), true);
    equal(await mayLogGrow(stateDir, OLD), false);
    equal(await mayLogGrow(stateDir, '00000000000c'), false);
  });
});
