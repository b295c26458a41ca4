import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { sha256 } from '../../../src/base/hash.js';
import { BlobError, BlobStore } from '../../../src/workspace/blob-store.js';
import { indexEntries } from '../../../src/workspace/capture/sandbox-entries.js';
import { countLines } from '../../../src/workspace/count-lines.js';
import { findLinkProblem } from '../../../src/workspace/link-target.js';
import { removeOverlayDirs, toMountOptions } from '../../../src/workspace/view/overlay.js';
import { removeTree } from '../../../src/workspace/view/remove-tree.js';
import { stampSessionStart } from '../../../src/workspace/view/session-clock.js';
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
  it('only compares how many lines large files have, whatever is in them', () => {
    const many = Buffer.alloc(48 * 1024 * 1024);
    // Each line another one: more than a Map can hold.
    for (let at = 0; at + 3 <= many.length; at += 3) {
      const line = at / 3;
      many[at] = 33 + (line % 90);
      many[at + 1] = 33 + (Math.floor(line / 90) % 90);
      many[at + 2] = 10;
    }
    const lines = many.length / 3;
    const start = performance.now();
    const none = new Uint8Array();
    assert.deepEqual(countLines(none, many), { binary: false, added: lines, removed: 0 });
    assert.deepEqual(countLines(many, none), { binary: false, added: 0, removed: lines });
    assert.deepEqual(countLines(many, Buffer.from('a\nb')), { binary: false, added: 0, removed: lines - 2 });
    assert.ok(performance.now() - start < 10_000);
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
      { type: 'directory', path: 'd', mode: 0, empty: false },
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

/** Swaps a folder within the tree for a link that leads outside, and back, until the tree is gone. */
const SWAPPER = `
  const { renameSync, symlinkSync, unlinkSync } = require('node:fs');
  const { workerData: { tree, outside, ms } } = require('node:worker_threads');
  const attempt = (step) => { try { step(); } catch (error) { if (!['ENOENT', 'EEXIST', 'ENOTEMPTY', 'EISDIR', 'ENOTDIR', 'EPERM'].includes(error.code)) throw error; } };
  for (const end = Date.now() + ms; Date.now() < end; ) {
    for (let dir = 0; dir < 20; dir += 1) {
      attempt(() => renameSync(tree + '/d' + dir, tree + '/kept'));
      attempt(() => symlinkSync(outside, tree + '/d' + dir));
      // As long as it takes to look and then to remove.
      for (const until = performance.now() + 0.3; performance.now() < until; );
      attempt(() => unlinkSync(tree + '/d' + dir));
      attempt(() => renameSync(tree + '/kept', tree + '/d' + dir));
    }
  }
`;

describe('removeTree', function () {
  this.timeout(60_000);

  it('removes nothing outside through a link that is swapped in', async () => {
    const { base } = await makeWorkspace({});
    const outside = join(base, 'outside');
    const tree = join(base, 'tree');
    await mkdir(join(outside, 'in'), { recursive: true });
    const kept = Array.from({ length: 20 }, (_, index) => `f${index}`);
    for (const name of kept) await writeFile(join(outside, name), 'x');
    const worker = new Worker(SWAPPER, { eval: true, workerData: { tree, outside, ms: 4000 } });
    let running = true;
    const ended = once(worker, 'exit').finally(() => {
      running = false;
    });
    let rounds = 0;
    for (; running; rounds += 1) {
      for (let dir = 0; dir < 20; dir += 1) {
        await mkdir(join(tree, `d${dir}/in`), { recursive: true }).catch(() => undefined); // Swapped just now.
        for (const name of kept.slice(0, 5))
          await writeFile(join(tree, `d${dir}/in`, name), '').catch(() => undefined);
      }
      // The race may leave something behind: only what is outside counts here.
      await removeTree(tree).catch(() => undefined);
    }
    assert.deepEqual(await ended, [0]);
    await removeTree(tree);
    await assert.rejects(stat(tree), { code: 'ENOENT' });
    assert.ok(rounds > 3, `${rounds} rounds`);
    assert.deepEqual((await readdir(outside)).filter((name) => name.startsWith('f')).length, kept.length);
    await rm(base, { recursive: true });
  });

  it('removes very deep trees, closed directories and names that are not UTF-8', async () => {
    const { base } = await makeWorkspace({});
    await chown(base, RUNNER, RUNNER);
    const tree = join(base, 'tree');
    process.seteuid?.(RUNNER);
    try {
      let deep = tree;
      for (let level = 0; level < 100; level += 1) deep = join(deep, 'd');
      await mkdir(deep, { recursive: true });
      await writeFile(join(deep, 'file'), 'x');
      await writeFile(Buffer.concat([Buffer.from(`${deep}/bad-`), Buffer.from([0xff])]), 'x');
      await symlink(base, join(deep, 'link'));
      await chmod(deep, 0);
      await chmod(join(tree, 'd'), 0o500);
      await removeTree(tree);
    } finally {
      process.seteuid?.(0);
    }
    await assert.rejects(stat(tree), { code: 'ENOENT' });
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
