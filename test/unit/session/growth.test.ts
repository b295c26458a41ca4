import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AirlockError } from '../../../src/base/errors.js';
import { silentLogger } from '../../../src/base/logger.js';
import { GrowthWatch, measureDisk } from '../../../src/session/growth/growth-watch.js';
import { judgeGrowth } from '../../../src/session/growth/judge-growth.js';
import { measureTree } from '../../../src/session/growth/measure-tree.js';

const MB = 1024 * 1024;
const limits = { bytes: 10 * MB, entries: 100, floorBytes: 50 * MB };
const { signal } = new AbortController();

describe('the growth of a sandbox', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'airlock-growth-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is judged by each limit, at the limit and beyond it', () => {
    const tree = (bytes: number, entries: number) =>
      judgeGrowth({ kind: 'tree', bytes, entries }, limits)?.setting;
    assert.deepEqual(
      [tree(10 * MB, 100), tree(10 * MB + 1, 1), tree(1, 101)],
      [undefined, 'workspaceMb', 'workspaceFiles'],
    );
    const disk = (freeBytes: number) => judgeGrowth({ kind: 'disk', freeBytes }, limits)?.setting;
    assert.deepEqual([disk(50 * MB), disk(50 * MB - 1)], [undefined, 'freeDiskMb']);
  });

  it('is what lies on the disk: blocks, not lengths, of everything below', async () => {
    await mkdir(join(root, 'a', 'b'), { recursive: true });
    await writeFile(join(root, 'a', 'b', 'file'), Buffer.alloc(2 * MB, 1));
    const sparse = await open(join(root, 'sparse'), 'w');
    await sparse.truncate(1024 * MB);
    await sparse.close();
    const measure = await measureTree(root, limits, signal);
    assert.ok(measure.kind === 'tree');
    assert.equal(measure.entries, 4);
    assert.ok(measure.bytes >= 2 * MB && measure.bytes < 3 * MB, String(measure.bytes));
  });

  it('is counted no further than the limit', async () => {
    for (let index = 0; index < 300; index += 1) await writeFile(join(root, String(index)), '');
    const measure = await measureTree(root, limits, signal);
    assert.ok(measure.kind === 'tree');
    assert.equal(measure.entries, 101);
  });

  it('goes on over what may not be read or is gone', async () => {
    await mkdir(join(root, 'shut'));
    await chmod(join(root, 'shut'), 0);
    assert.equal((await measureTree(root, limits, signal)).kind, 'tree');
    assert.deepEqual(await measureTree(join(root, 'none'), limits, signal), {
      kind: 'tree',
      bytes: 0,
      entries: 0,
    });
  });

  it('is noticed while it happens, with the setting named', async () => {
    const watch = new GrowthWatch({ tree: root, disks: [] }, limits, silentLogger);
    const exceeded = new Promise((resolve) => watch.exceeded.addEventListener('abort', resolve));
    await writeFile(join(root, 'large'), Buffer.alloc(11 * MB, 1));
    await exceeded;
    const { reason } = watch.exceeded;
    assert.ok(reason instanceof AirlockError);
    assert.equal(reason.code, 'sandbox-full');
    assert.match(reason.message, /more than 10 MB.*airlock\.limits\.workspaceMb/);
  }).timeout(20_000);

  it('ends a session when the disk runs low, or cannot be watched', async () => {
    const wide = { ...limits, floorBytes: Number.MAX_SAFE_INTEGER };
    assert.equal(judgeGrowth(await measureDisk(root), wide)?.setting, 'freeDiskMb');
    for (const [disk, code] of [
      [root, 'sandbox-full'],
      [join(root, 'none'), 'guest-failed'],
    ] as const) {
      const watch = new GrowthWatch({ tree: undefined, disks: [disk] }, wide, silentLogger);
      await new Promise((resolve) => watch.exceeded.addEventListener('abort', resolve));
      assert.equal(watch.exceeded.reason.code, code);
    }
  });

  it('is not looked at after the end', async () => {
    const wide = { ...limits, floorBytes: Number.MAX_SAFE_INTEGER };
    const watch = new GrowthWatch({ tree: root, disks: [root] }, wide, silentLogger);
    watch.end();
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(watch.exceeded.aborted, false);
  });
});
