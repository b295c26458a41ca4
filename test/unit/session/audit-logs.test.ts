import { deepEqual, equal } from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditLog } from '../../../src/audit/audit-log.js';
import { verifyAuditLog } from '../../../src/audit/verify.js';
import { silentLogger } from '../../../src/base/logger.js';
import { currentOwner } from '../../../src/base/owner.js';
import { listAuditLogs, mayLogGrow } from '../../../src/session/record/audit-logs.js';
import { REMOVED_LOGS, removeOldLogs } from '../../../src/session/record/remove-old-logs.js';
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

  it('are removed when they are old, never while their session has a folder, and written down', async () => {
    const day = 24 * 60 * 60;
    const now = Date.now();
    const YOUNG = '00000000000c';
    for (const [id, days] of [
      [OLD, 100],
      [NEW, 100],
      [YOUNG, 10],
    ] as const) {
      const { audit, dir } = await createSessionFiles(stateDir, id, currentOwner());
      const log = await openAuditLog(audit);
      log.append({ kind: 'notice', level: 'info', text: 'x' });
      await log.close();
      await utimes(audit, now / 1000 - days * day, now / 1000 - days * day);
      // A folder is what a session has that runs, or whose review waits.
      if (id !== NEW) await rm(dir, { recursive: true });
    }
    const { sha256 } = await verify(OLD);
    equal(await removeOldLogs(stateDir, 90, now, silentLogger), 1);
    deepEqual((await listAuditLogs(stateDir)).map(({ sessionId }) => sessionId).sort(), [NEW, YOUNG]);
    const removals = join(stateDir, 'audit', REMOVED_LOGS);
    equal((await verifyAuditLog(removals)).kind, 'intact');
    const written = JSON.parse(await readFile(removals, 'utf8')) as Record<string, unknown>;
    deepEqual(
      [written.kind, written.sessionId, written.lines, written.sha256],
      ['log-removed', OLD, 1, sha256],
    );
    // Another window that looks at the same moment finds nothing more, and both write into one chain.
    await rm(join(stateDir, 'sessions', NEW), { recursive: true });
    const both = [1, 2].map(() => removeOldLogs(stateDir, 90, now, silentLogger));
    const counts = await Promise.all(both);
    deepEqual(
      (await listAuditLogs(stateDir)).map(({ sessionId }) => sessionId),
      [YOUNG],
    );
    equal((await verifyAuditLog(removals)).kind, 'intact', counts.join());
  });

  it('are removed also where there are more than a list shows', async () => {
    await mkdir(join(stateDir, 'audit'));
    const files = Array.from({ length: 205 }, (_, index) =>
      join(stateDir, 'audit', `${index.toString(16).padStart(12, '0')}.jsonl`),
    );
    for (const file of files) {
      await writeFile(file, '');
      await utimes(file, 1000, 1000);
    }
    equal(await removeOldLogs(stateDir, 90, Date.now(), silentLogger), files.length);
  });

  async function verify(id: string) {
    const found = await verifyAuditLog(join(stateDir, 'audit', `${id}.jsonl`));
    if (found.kind !== 'intact') throw new Error(found.reason);
    return found;
  }
});
