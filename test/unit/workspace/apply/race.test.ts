import assert from 'node:assert/strict';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { sha256 } from '../../../../src/base/hash.js';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import { BlobStore } from '../../../../src/workspace/blob-store.js';
import { makeWorkspace } from '../fixture.js';

const SWAPS = 100_000;

/** Swaps `dir` for a link that leads outside, and back, as fast as it can. */
const SWAPPER = `
  const { renameSync, rmSync, symlinkSync, unlinkSync } = require('node:fs');
  const { workerData: { root, outside, swaps } } = require('node:worker_threads');
  const dir = root + '/dir';
  // The writer may make the folder in the instant when there is none: it is cleared away.
  const insist = (step) => {
    for (;;) {
      try { return step(); } catch (error) { if (!['EEXIST', 'ENOTEMPTY'].includes(error.code)) throw error; }
      try { rmSync(dir, { recursive: true, force: true }); } catch (error) { if (error.code !== 'ENOTEMPTY') throw error; }
    }
  };
  for (let swap = 0; swap < swaps; swap += 1) {
    renameSync(dir, root + '/kept');
    insist(() => symlinkSync(outside, dir));
    unlinkSync(dir);
    insist(() => renameSync(root + '/kept', dir));
  }
`;

describe('a parent that is swapped for a link while a change is applied', function () {
  this.timeout(180_000);

  it(`never leads a write outside in ${SWAPS} swaps`, async () => {
    const { base, root, sessionDir } = await makeWorkspace({});
    const outside = join(base, 'outside');
    await mkdir(outside);
    await mkdir(join(root, 'dir'));
    const applier = new Applier(base, root);
    const blobs = new BlobStore(sessionDir);
    await blobs.put(Buffer.from('new'));
    const worker = new Worker(SWAPPER, { eval: true, workerData: { root, outside, swaps: SWAPS } });
    let running = true;
    const ended = new Promise<number>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', resolve);
    }).finally(() => {
      running = false;
    });
    const counts = new Map<string, number>();
    for (let round = 0; running; round += 1) {
      const item = {
        path: `dir/file-${round}`,
        expected: { kind: 'absent' },
        after: { kind: 'file', sha256: sha256('new'), size: 3, mode: 0o644 },
      } as const;
      const [outcome] = await applier.apply('test', [item], (sha) => blobs.get(sha));
      assert.ok(outcome);
      counts.set(outcome.kind, (counts.get(outcome.kind) ?? 0) + 1);
    }
    assert.equal(await ended, 0);
    assert.deepEqual(await readdir(outside), []);
    // The race was a real one: some writes went through, some met the link.
    assert.ok((counts.get('applied') ?? 0) > 0, JSON.stringify([...counts]));
    assert.ok((counts.get('conflict') ?? 0) > 0, JSON.stringify([...counts]));
    await rm(base, { recursive: true, force: true });
  });
});
