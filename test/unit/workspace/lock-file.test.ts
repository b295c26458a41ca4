import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentOwner, formatOwner } from '../../../src/base/owner.js';
import { withLock } from '../../../src/workspace/lock-file.js';

describe('a lock file', () => {
  let dir: string;
  let lock: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-lock-'));
    lock = join(dir, 'lock');
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('lets in one after the other, and leaves nothing behind', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((done) => setTimeout(done, 5));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withLock(lock, 5000, work)));
    assert.equal(most, 1);
    assert.deepEqual(await readdir(dir), []);
  });

  it('says who holds it when the wait is over, and does nothing', async () => {
    await writeFile(lock, `${formatOwner(currentOwner())} abc`);
    await assert.rejects(
      withLock(lock, 50, () => Promise.reject(new Error('it ran'))),
      (error: Error) =>
        error.message.includes('Another window is writing') && error.message.includes(`${process.pid}`),
    );
    assert.deepEqual(await readdir(dir), ['lock']);
  });

  it('is taken from a process that is gone, by one of many', async () => {
    await writeFile(lock, `${formatOwner({ ...currentOwner(), pid: 999_999_999, start: 1 })} abc`);
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 8 }, () =>
        withLock(lock, 5000, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((done) => setTimeout(done, 5));
          inside -= 1;
        }),
      ),
    );
    assert.equal(most, 1);
    assert.deepEqual(await readdir(dir), []);
  });

  it('is taken from a dead process although another died while it took it', async () => {
    const dead = formatOwner({ ...currentOwner(), pid: 999_999_999, start: 1 });
    await writeFile(lock, `${dead} abc`);
    await writeFile(`${lock}.steal`, `${dead} def`);
    assert.equal(await withLock(lock, 1000, () => Promise.resolve('ran')), 'ran');
  });

  it('is left to a process of another machine, which cannot be judged from here', async () => {
    await writeFile(lock, `elsewhere-${hostname()}:1:1 abc`);
    await assert.rejects(
      withLock(lock, 50, () => Promise.resolve()),
      /Another window is writing/,
    );
  });
});
