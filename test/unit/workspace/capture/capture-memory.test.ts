import assert from 'node:assert/strict';
import { readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CaptureMemory, SESSION_BYTES } from '../../../../src/workspace/capture/capture-memory.js';
import { Sandbox } from '../fixture.js';

describe('what the captures of one session share', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await Sandbox.copy({ a: 'a0\n', b: 'b0\n' });
  });
  afterEach(() => sandbox.remove());

  const agent = (path: string, text: string) => writeFile(join(sandbox.view, path), text);
  const reads: string[] = [];
  function watchReads(): void {
    const read = sandbox.live.read.bind(sandbox.live);
    reads.length = 0;
    sandbox.live.read = (path) => {
      reads.push(path);
      return read(path);
    };
  }
  async function storedBytes(): Promise<number> {
    const dir = join(sandbox.sessionDir, 'blobs');
    const sizes = (await readdir(dir)).map(async (name) => (await stat(join(dir, name))).size);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  it('bounds a session to a gibibyte of either side', () => assert.equal(SESSION_BYTES, 2 ** 30));

  it('refuses what does not fit, over all captures of the session, and fetches none of it', async () => {
    sandbox.memory = new CaptureMemory(10 * 2 ** 20);
    const fill = async (names: readonly string[]) => {
      for (const [index, name] of names.entries()) {
        await agent(name, name);
        await truncate(join(sandbox.view, name), 2 ** 20 + index);
      }
    };
    await fill(Array.from({ length: 7 }, (_, index) => `first-${index}`));
    await sandbox.collect();
    await fill(Array.from({ length: 20 }, (_, index) => `second-${index}`));
    const { changes } = await sandbox.collect();
    const refused = changes.filter(({ status }) => status === 'refused');
    assert.ok(refused.length >= 17, String(refused.length));
    assert.match(refused[0]?.reason ?? '', /more than 10 MiB/);
    assert.equal(changes.length, 27);
    assert.ok((await storedBytes()) <= 10 * 2 ** 20);
    assert.ok(sandbox.fetched.length <= 10);
  });

  it('keeps copies of real files only as long as they fit', async () => {
    sandbox.memory = new CaptureMemory(4);
    await agent('a', '');
    await agent('b', '');
    const { changes } = await sandbox.collect();
    assert.deepEqual(
      changes.map(({ status }) => status),
      ['modified', 'modified'],
    );
    assert.equal(await storedBytes(), 3);
    assert.equal(Buffer.from(await sandbox.review.read('b', 'before')).toString(), 'b0\n');
  });

  it('looks again only at what changed on either side', async () => {
    await agent('a', 'a1\n');
    await agent('b', 'b1\n');
    const first = await sandbox.collect();
    watchReads();
    assert.deepEqual(await sandbox.collect(), first);
    assert.deepEqual(reads, []);
    assert.deepEqual([...sandbox.fetched].sort(), ['a', 'b']);
    await agent('a', 'a2\n');
    await sandbox.collect();
    assert.deepEqual(reads, ['a']);
    await writeFile(join(sandbox.root, 'b'), 'B0\n');
    const last = await sandbox.collect();
    assert.deepEqual(reads, ['a', 'b']);
    assert.deepEqual([...last.hostEdited], ['b']);
    assert.deepEqual([...(await sandbox.collect()).hostEdited], ['b']);
    assert.deepEqual(reads, ['a', 'b']);
  });
});
