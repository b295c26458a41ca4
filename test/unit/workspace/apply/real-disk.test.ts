import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../../../src/base/hash.js';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import type { ApplyItem } from '../../../../src/workspace/apply/scan.js';
import type { FileState } from '../../../../src/workspace/changes.js';

const KIB = 1024;

/** A file system of its own, small enough to be filled; mounting needs root, as the other real parts do. */
describe('an apply on a real disk', () => {
  let dir: string;
  let root: string;
  const blobs = new Map<string, Buffer>();

  const mount = (options: string) => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `mode=0755,${options}`, 'airlock-test', root]);
    writeFileSync(join(root, 'kept.txt'), 'old\n');
    writeFileSync(join(root, 'gone.txt'), 'old too\n');
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'airlock-disk-'));
    root = join(dir, 'workspace');
    mkdirSync(root);
  });
  afterEach(() => {
    execFileSync('umount', [root]);
    rmSync(dir, { recursive: true });
  });

  const toState = (bytes: Buffer): FileState => {
    const sha = sha256(bytes);
    blobs.set(sha, bytes);
    return { kind: 'file', sha256: sha, size: bytes.length, mode: 0o644 };
  };
  const write = (path: string, before: string | undefined, after: Buffer): ApplyItem => ({
    path,
    expected: before === undefined ? { kind: 'absent' } : toState(Buffer.from(before)),
    after: toState(after),
  });
  const apply = async (items: readonly ApplyItem[]) =>
    new Applier(join(dir, 'state'), root).apply('test', items, async (sha) => {
      const bytes = blobs.get(sha);
      assert.ok(bytes);
      return bytes;
    });
  const messages = (outcomes: Awaited<ReturnType<typeof apply>>) =>
    outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.error.message : outcome.kind));
  const isOld = () => {
    assert.deepEqual(readdirSync(root).sort(), ['gone.txt', 'kept.txt']);
    assert.equal(readFileSync(join(root, 'kept.txt'), 'utf8'), 'old\n');
  };

  it('that is full in the middle leaves everything old, and says what is the matter', async () => {
    mount('size=256k');
    const items = [
      write('kept.txt', 'old\n', Buffer.from('new\n')),
      { path: 'gone.txt', expected: toState(Buffer.from('old too\n')), after: { kind: 'absent' } } as const,
      ...Array.from({ length: 8 }, (_, index) =>
        write(`many/${index}.bin`, undefined, Buffer.alloc(64 * KIB, index + 1)),
      ),
    ];
    for (const message of messages(await apply(items))) assert.match(message, /the disk is full \(ENOSPC\)/);
    isOld();
  });

  it('without inodes for all of it leaves everything old', async () => {
    mount('nr_inodes=12');
    const items = Array.from({ length: 20 }, (_, index) =>
      write(`${index}.txt`, undefined, Buffer.from('x')),
    );
    for (const message of messages(await apply(items))) assert.match(message, /the disk is full \(ENOSPC\)/);
    isOld();
  });

  it('that is read-only says so', async () => {
    mount('size=1m');
    execFileSync('mount', ['-o', 'remount,ro', root]);
    const outcomes = await apply([write('kept.txt', 'old\n', Buffer.from('new\n'))]);
    for (const message of messages(outcomes)) assert.match(message, /read-only \(EROFS\)/);
    isOld();
  });
});
