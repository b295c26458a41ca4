import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentOwner, formatOwner } from '../../src/base/owner.js';
import { sessionFiles } from '../../src/session/stale/session-files.js';
import { shownKeys } from '../../src/workspace/review/shown-keys.js';
import { type Bench, exists, openBench } from './harness.js';

const WRITE = { tool: 'write_file', input: { path: 'new.txt', content: 'x\n' } };
const LONG_AGO = new Date(0);

describe('reconcile', () => {
  let bench: Bench;
  afterEach(() => bench.dispose());

  it('removes the folder of a dead session once all is decided, and keeps its audit log', async () => {
    bench = await openBench({ script: [[WRITE], [{ text: 'ok' }]] });
    const session = await bench.host.start(bench.request());
    assert.equal((await session.done).kind, 'completed', bench.log.join('\n'));
    const files = sessionFiles(bench.stateDir, session.id);
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const die = () => writeFile(files.owner, formatOwner({ ...currentOwner(), pid, start: 1 }));
    const age = () => utimes(join(files.dir, 'review.json'), LONG_AGO, LONG_AGO);

    await age();
    assert.deepEqual(await bench.host.reconcile(), { removed: 0, failures: [] }, 'its owner lives');
    await die();
    assert.equal((await bench.host.reconcile()).removed, 0, 'something is to be decided');
    await session.review.approveAll(shownKeys(session.review.list()));
    assert.equal((await bench.host.reconcile()).removed, 0, 'the decision is fresh');
    await age();
    assert.deepEqual(await bench.host.reconcile(), { removed: 1, failures: [] });
    assert.equal(await exists(files.dir), false);
    assert.ok(await exists(files.audit));
  });

  it('leaves a folder that another window is just making', async () => {
    bench = await openBench({ script: [[{ text: 'ok' }]] });
    const files = sessionFiles(bench.stateDir, 'abcdefabcdef');
    await mkdir(files.dir, { recursive: true });
    assert.deepEqual(await bench.host.reconcile(), { removed: 0, failures: [] });
    assert.ok(await exists(files.dir));
  });
});
