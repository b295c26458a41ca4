import assert from 'node:assert/strict';
import { chmod, chown, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sha256 } from '../../../src/base/hash.js';
import { BlobError, BlobStore } from '../../../src/workspace/blob-store.js';
import { countLines } from '../../../src/workspace/count-lines.js';
import { findLinkProblem } from '../../../src/workspace/link-target.js';
import { removeOverlayDirs, toMountOptions } from '../../../src/workspace/overlay.js';
import { indexEntries } from '../../../src/workspace/sandbox-entries.js';
import { stampSessionStart } from '../../../src/workspace/session-clock.js';
import { makeWorkspace, mountOverlay, RUNNER, Sandbox } from './fixture.js';

describe('BlobStore', () => {
  it('keeps bytes by hash, and nothing that is not what was announced', async () => {
    const { base, sessionDir } = await makeWorkspace({});
    try {
      const blobs = new BlobStore(sessionDir);
      const sha = await blobs.put(Buffer.from('x'), { durable: true });
      assert.equal(Buffer.from(await blobs.get(sha)).toString(), 'x');
      const stream = () => Readable.from([Buffer.from('ab'), Buffer.from('c')]);
      await blobs.putStream(stream(), sha256('abc'), 3);
      await assert.rejects(blobs.putStream(stream(), sha256('other'), 3), BlobError);
      await assert.rejects(blobs.putStream(stream(), sha256('abc'), 2), BlobError);
      await assert.rejects(blobs.get('../../etc/passwd'), BlobError);
      assert.deepEqual((await readdir(join(sessionDir, 'blobs'))).sort(), [sha, sha256('abc')].sort());
      assert.equal((await stat(join(sessionDir, 'blobs', sha))).mode & 0o777, 0o600);
      await writeFile(join(sessionDir, 'blobs', sha), 'y');
      await assert.rejects(blobs.get(sha), /damaged/);
    } finally {
      await rm(base, { recursive: true });
    }
  });
});

describe('countLines', () => {
  const cases: ReadonlyArray<readonly [string, string, number, number]> = [
    ['', 'a\nb\n', 2, 0],
    ['a\nb', '', 0, 2],
    ['a\nb\nc\n', 'a\nx\nc\n', 1, 1],
    ['a\n', 'a', 1, 1],
    [`${'same\n'.repeat(100_000)}old\n`, `${'same\n'.repeat(100_000)}new\nnew2\n`, 2, 1],
  ];
  for (const [before, after, added, removed] of cases) {
    it(`${JSON.stringify(before.slice(-8))} to ${JSON.stringify(after.slice(-8))}: +${added} -${removed}`, () => {
      assert.deepEqual(countLines(Buffer.from(before), Buffer.from(after)), {
        binary: false,
        added,
        removed,
      });
    });
  }
  it('takes NUL bytes and broken UTF-8 for binary', () => {
    for (const bytes of [Buffer.from([65, 0]), Buffer.from([0xff, 0xfe])]) {
      assert.deepEqual(countLines(Buffer.from('a'), bytes), { binary: true, added: 0, removed: 0 });
    }
  });
  it('is quick on two large files without a common line', () => {
    const lines = (seed: string) =>
      Buffer.from(Array.from({ length: 5000 }, (_, line) => `${seed}${line}\n`).join(''));
    const start = performance.now();
    assert.deepEqual(countLines(lines('a'), lines('b')), { binary: false, added: 5000, removed: 5000 });
    assert.ok(performance.now() - start < 2000);
  });
});

describe('findLinkProblem', () => {
  const inside = [
    ['l', 'a'],
    ['l', './a/b'],
    ['d/l', '../a'],
    ['d/e/l', '../..'],
    ['l', '.'],
  ] as const;
  const outside = [
    ['l', '../a'],
    ['l', '/a'],
    ['l', ''],
    ['d/l', '../../a'],
    ['d/l', 'a/../b'],
    ['l', 'C:\\x'],
    ['l', '.git'],
    ['d/l', '../.GIT/hooks'],
  ] as const;
  for (const [path, target] of inside)
    it(`${path} -> ${target} stays inside`, () => assert.equal(findLinkProblem(path, target), undefined));
  for (const [path, target] of outside)
    it(`${path} -> ${target} does not`, () => assert.ok(findLinkProblem(path, target)));
});

describe('indexEntries', () => {
  for (const path of ['../x', '/x', 'a//b', 'a/./b', '', 'a\0b']) {
    it(`throws on ${JSON.stringify(path)}`, () =>
      assert.throws(() => indexEntries([{ type: 'whiteout', path }]), { code: 'guest-failed' }));
  }
  it('refuses what is reported twice', () => {
    const index = indexEntries([
      { type: 'directory', path: 'd', mode: 0 },
      { type: 'special', path: 'd', what: 'unreadable directory' },
      { type: 'whiteout', path: 'e' },
      { type: 'whiteout', path: 'e' },
    ]);
    assert.deepEqual(
      [...index.byPath.values()].map(({ type }) => type),
      ['special', 'special'],
    );
  });
});

describe('stampSessionStart', () => {
  it('lies between what was written before and what is written after', async () => {
    const { base, root, sessionDir } = await makeWorkspace({});
    for (let round = 0; round < 20; round += 1) {
      await writeFile(join(root, 'before'), String(round));
      const start = await stampSessionStart(sessionDir);
      await writeFile(join(root, 'after'), String(round));
      assert.ok((await stat(join(root, 'before'), { bigint: true })).ctimeNs <= start);
      assert.ok((await stat(join(root, 'after'), { bigint: true })).ctimeNs > start);
    }
    assert.deepEqual(await readdir(sessionDir), []);
    await rm(base, { recursive: true });
  });
});

describe('removeOverlayDirs', () => {
  it("needs no root: whiteouts, closed directories and the kernel's own work directory go", async () => {
    assert.equal(process.getuid?.(), 0, 'this test needs root');
    const sandbox = await Sandbox.overlay({ 'd/a': '1', b: '2' });
    await rm(join(sandbox.view, 'd'), { recursive: true });
    await rm(join(sandbox.view, 'b'));
    await mkdir(join(sandbox.view, 'closed/in'), { recursive: true });
    await writeFile(join(sandbox.view, 'closed/in/file'), 'x');
    for (const path of ['closed/in/file', 'closed/in', 'closed'])
      await chown(join(sandbox.view, path), RUNNER, RUNNER);
    for (const path of ['closed/in', 'closed']) await chmod(join(sandbox.view, path), 0);
    await sandbox.unmount();
    for (const path of [
      sandbox.base,
      sandbox.sessionDir,
      join(sandbox.sessionDir, 'overlay'),
      join(sandbox.sessionDir, 'overlay/work'),
    ]) {
      await chown(path, RUNNER, RUNNER);
    }
    const overlay = join(sandbox.sessionDir, 'overlay');
    let remounts = 0;
    const remount = async () => {
      remounts += 1;
      process.seteuid?.(0); // As the engine would, on the user's behalf.
      await mountOverlay(
        toMountOptions(sandbox.root, join(overlay, 'upper'), join(overlay, 'work')),
        sandbox.view,
      );
      await sandbox.unmount();
      process.seteuid?.(RUNNER);
    };
    process.seteuid?.(RUNNER);
    try {
      await removeOverlayDirs(sandbox.sessionDir, remount);
    } finally {
      process.seteuid?.(0);
    }
    assert.ok(remounts <= 1);
    assert.equal((await readdir(sandbox.sessionDir)).includes('overlay'), false);
    await rm(sandbox.base, { recursive: true });
  });
});
