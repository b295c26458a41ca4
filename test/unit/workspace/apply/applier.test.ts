import assert from 'node:assert/strict';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../../../src/base/hash.js';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import { BlobStore } from '../../../../src/workspace/blob-store.js';
import type { FileState } from '../../../../src/workspace/changes.js';
import { makeWorkspace, RUNNER, readTree } from '../fixture.js';

const ABSENT: FileState = { kind: 'absent' };
const FOLDER: FileState = { kind: 'directory' };

function fileState(content: string, mode = 0o644): FileState {
  return { kind: 'file', sha256: sha256(content), size: Buffer.byteLength(content), mode };
}

function linkState(target: string): FileState {
  return { kind: 'symlink', target };
}

describe('an apply of one change', () => {
  let base: string;
  let root: string;
  let blobs: BlobStore;
  let applier: Applier;

  beforeEach(async () => {
    const made = await makeWorkspace({});
    ({ base, root } = made);
    blobs = new BlobStore(made.sessionDir);
    applier = new Applier(base, root);
    for (const content of ['new', 'old', '']) await blobs.put(Buffer.from(content));
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  async function apply(path: string, before: FileState, after: FileState, expected = before) {
    const [outcome] = await applier.apply('test', [{ path, expected, after }], (sha) => blobs.get(sha));
    assert.ok(outcome);
    return outcome;
  }

  it('adds, replaces and deletes, and leaves no other file', async () => {
    assert.equal((await apply('x/y/-a "b"', ABSENT, fileState('new'))).kind, 'applied');
    await writeFile(join(root, 'f'), 'old');
    assert.equal((await apply('f', fileState('old'), fileState('new'))).kind, 'applied');
    await writeFile(join(root, 'g'), 'old');
    assert.equal((await apply('g', fileState('old'), ABSENT)).kind, 'applied');
    assert.equal((await apply('empty', ABSENT, fileState(''))).kind, 'applied');
    const bytes = `- ${Buffer.from('new').toString('base64')}`;
    assert.deepEqual(await readTree(root), { 'x/y/-a "b"': bytes, f: bytes, empty: '- ' });
  });

  const modes = [
    { old: 0o640, approved: 0o644, result: 0o640 },
    { old: 0o640, approved: 0o755, result: 0o750 },
    { old: 0o755, approved: 0o644, result: 0o644 },
    { old: 0o711, approved: 0o700, result: 0o711 },
    { old: 0o4755, approved: 0o4755, result: 0o755 },
    { old: 0o600, approved: 0o666, result: 0o600 },
  ];
  for (const { old, approved, result } of modes) {
    it(`mode ${old.toString(8)} approved as ${approved.toString(8)} becomes ${result.toString(8)}`, async () => {
      await writeFile(join(root, 'f'), 'old');
      await chmod(join(root, 'f'), old);
      await apply('f', fileState('old', old), fileState('new', approved));
      assert.equal((await lstat(join(root, 'f'))).mode & 0o7777, result);
    });
  }

  it('changes a mode in place', async () => {
    await writeFile(join(root, 'f'), 'old');
    const { ino } = await lstat(join(root, 'f'));
    assert.equal((await apply('f', fileState('old'), fileState('old', 0o755))).kind, 'applied');
    const stats = await lstat(join(root, 'f'));
    assert.deepEqual([stats.ino, stats.mode & 0o777], [ino, 0o755]);
  });

  it('as root, gives files and folders to who owns the place', async () => {
    assert.equal(process.getuid?.(), 0, 'this test needs root');
    await chown(root, RUNNER, RUNNER);
    await writeFile(join(root, 'f'), 'old');
    await chown(join(root, 'f'), 777, 778);
    await apply('f', fileState('old'), fileState('new'));
    await apply('d/e', ABSENT, fileState('new'));
    await apply('l', ABSENT, linkState('f'));
    const owners = await Promise.all(
      ['f', 'd', 'd/e', 'l'].map(async (path) => (await lstat(join(root, path))).gid),
    );
    assert.deepEqual(owners, [778, RUNNER, RUNNER, RUNNER]);
  });

  it('as root, keeps owner, group and mode in a folder that gives files another group', async () => {
    await mkdir(join(root, 'd'));
    await chown(join(root, 'd'), RUNNER, RUNNER);
    await chmod(join(root, 'd'), 0o2775);
    for (const [name, mode] of [
      ['private', 0o640],
      ['open', 0o644],
      ['locked', 0o444],
    ] as const) {
      const location = join(root, 'd', name);
      await writeFile(location, 'old');
      await chown(location, 777, 778);
      await chmod(location, mode);
      assert.equal((await apply(`d/${name}`, fileState('old'), fileState('new'))).kind, 'applied');
      const stats = await lstat(location);
      assert.deepEqual([stats.uid, stats.gid, stats.mode & 0o7777], [777, 778, mode]);
    }
  });

  it('makes, replaces and removes links without following them', async () => {
    await writeFile(join(root, 'f'), 'old');
    assert.equal((await apply('l', ABSENT, linkState('f'))).kind, 'applied');
    assert.equal((await apply('l', linkState('f'), linkState('g'))).kind, 'applied');
    assert.equal(await readlink(join(root, 'l')), 'g');
    assert.equal((await apply('l', linkState('g'), fileState('new'))).kind, 'applied');
    assert.equal((await lstat(join(root, 'l'))).isFile(), true);
    assert.equal((await apply('f', fileState('old'), linkState('l'))).kind, 'applied');
    assert.equal((await apply('f', linkState('l'), ABSENT)).kind, 'applied');
    assert.equal(await readFile(join(root, 'l'), 'utf8'), 'new');
  });

  it('makes and removes empty folders', async () => {
    assert.equal((await apply('a/b/c', ABSENT, FOLDER)).kind, 'applied');
    assert.deepEqual(await readTree(root), { 'a/b/c/': 'folder' });
    // Made by both: there is nothing to do.
    assert.equal((await apply('a/b', ABSENT, FOLDER)).kind, 'applied');
    assert.equal((await apply('a/b/c', FOLDER, ABSENT)).kind, 'applied');
    assert.equal((await apply('a/b/c', FOLDER, ABSENT)).kind, 'applied');
    assert.deepEqual(await readTree(root), { 'a/b/': 'folder' });
    await writeFile(join(root, 'f'), 'old');
    assert.equal((await apply('f', fileState('old'), FOLDER)).kind, 'applied');
    assert.equal((await apply('a', ABSENT, fileState('new'))).kind, 'applied');
    assert.deepEqual(await readTree(root), {
      a: `- ${Buffer.from('new').toString('base64')}`,
      'f/': 'folder',
    });
  });

  it('as root, gives an added folder to who owns the place', async () => {
    await chown(root, RUNNER, RUNNER);
    await apply('d/e', ABSENT, FOLDER);
    for (const path of ['d', 'd/e']) assert.equal((await lstat(join(root, path))).uid, RUNNER);
  });

  it('does not remove a folder that is not empty any more, not even when told to overwrite', async () => {
    await mkdir(join(root, 'd/e'), { recursive: true });
    const outcome = await apply('d', FOLDER, ABSENT);
    assert.ok(outcome.kind === 'conflict');
    assert.match(outcome.reason, /not empty any more/);
    assert.equal((await apply('d', FOLDER, ABSENT, outcome.live)).kind, 'conflict');
    assert.deepEqual(await readTree(root), { 'd/e/': 'folder' });
  });

  const conflicts: ReadonlyArray<{
    name: string;
    live: () => Promise<unknown>;
    before: FileState;
    after: FileState;
    path?: string;
  }> = [
    {
      name: 'other bytes',
      live: () => writeFile(join(root, 'f'), 'host'),
      before: fileState('old'),
      after: fileState('new'),
    },
    {
      name: 'other bytes of a deletion',
      live: () => writeFile(join(root, 'f'), 'host'),
      before: fileState('old'),
      after: ABSENT,
    },
    {
      name: 'another executable bit',
      live: () => writeFile(join(root, 'f'), 'old', { mode: 0o755 }),
      before: fileState('old'),
      after: fileState('new'),
    },
    {
      name: 'a new file',
      live: () => writeFile(join(root, 'f'), 'host'),
      before: ABSENT,
      after: fileState('new'),
    },
    {
      name: 'a missing file',
      live: async () => undefined,
      before: fileState('old'),
      after: fileState('new'),
    },
    {
      name: 'a link',
      live: () => symlink('elsewhere', join(root, 'f')),
      before: fileState('old'),
      after: fileState('new'),
    },
    {
      name: 'another link',
      live: () => symlink('elsewhere', join(root, 'f')),
      before: linkState('a'),
      after: linkState('b'),
    },
    {
      name: 'a full folder',
      live: async () => {
        await mkdir(join(root, 'f'));
        await writeFile(join(root, 'f/in'), 'host');
      },
      before: ABSENT,
      after: fileState('new'),
    },
    {
      name: 'a file where a folder was',
      live: () => writeFile(join(root, 'f'), 'host'),
      before: FOLDER,
      after: ABSENT,
    },
    {
      name: 'a file in the place of a new folder',
      live: () => writeFile(join(root, 'f'), 'host'),
      before: ABSENT,
      after: FOLDER,
    },
    {
      name: 'a file in the way of a new folder',
      live: () => writeFile(join(root, 'f'), 'host'),
      before: ABSENT,
      after: FOLDER,
      path: 'f/below',
    },
    {
      name: 'a link in the way of a new folder',
      live: () => symlink('elsewhere', join(root, 'f')),
      before: ABSENT,
      after: FOLDER,
      path: 'f/below',
    },
    {
      name: 'a full folder where an empty one was, for a file',
      live: async () => {
        await mkdir(join(root, 'f'));
        await writeFile(join(root, 'f/in'), 'host');
      },
      before: FOLDER,
      after: fileState('new'),
    },
    {
      name: 'a folder where a file was',
      live: () => mkdir(join(root, 'f')),
      before: fileState('old'),
      after: fileState('new'),
    },
    {
      name: 'a parent that is a file',
      live: () => writeFile(join(root, 'f'), 'host'),
      before: ABSENT,
      after: fileState('new'),
      path: 'f/below',
    },
    {
      name: 'a parent that is a link',
      live: async () => {
        await mkdir(join(root, 'real'));
        await symlink('real', join(root, 'f'));
      },
      before: ABSENT,
      after: fileState('new'),
      path: 'f/below',
    },
    {
      name: 'a file missing from a missing folder',
      live: async () => undefined,
      before: fileState('old'),
      after: ABSENT,
      path: 'q/r',
    },
  ];
  for (const { name, live, before, after, path = 'f' } of conflicts) {
    it(`conflicts with ${name}, writing nothing`, async () => {
      await live();
      const tree = await readTree(root);
      const outcome = await apply(path, before, after);
      assert.equal(
        outcome.kind,
        name === 'a file missing from a missing folder' ? 'applied' : 'conflict',
        JSON.stringify(outcome),
      );
      assert.deepEqual(await readTree(root), tree);
    });
  }

  it('overwrites a conflict only when what was shown is still there', async () => {
    await writeFile(join(root, 'f'), 'host');
    const shown = await apply('f', fileState('old'), fileState('new'));
    assert.equal(shown.kind, 'conflict');
    if (shown.kind !== 'conflict') return;
    await writeFile(join(root, 'f'), 'host again');
    assert.equal((await apply('f', fileState('old'), fileState('new'), shown.live)).kind, 'conflict');
    await writeFile(join(root, 'f'), 'host');
    assert.equal((await apply('f', fileState('old'), fileState('new'), shown.live)).kind, 'applied');
    assert.equal((await applier.undo()).kind, 'undone');
    assert.equal(await readFile(join(root, 'f'), 'utf8'), 'host');
  });

  const refusals = [
    '../out',
    '/abs',
    'a/../b',
    '',
    '.git/config',
    '.GIT/config',
    'a/.git',
    'a/.git /x',
    'git~1/x',
    '.g\u200cit/hooks/x',
    'a\0b',
    '.git::$INDEX_ALLOCATION/x',
  ];
  for (const path of refusals) {
    it(`refuses the path ${JSON.stringify(path)}`, async () => {
      assert.equal((await apply(path, ABSENT, fileState('new'))).kind, 'refused');
      assert.deepEqual(await readdir(root), []);
      assert.deepEqual((await readdir(base)).sort(), ['applies', 'real', 'session']);
    });
  }

  it('refuses links that lead out', async () => {
    assert.equal((await apply('l', ABSENT, linkState('../x'))).kind, 'refused');
    assert.deepEqual(await readdir(root), []);
  });

  it('writes nothing when the stored bytes are damaged or missing', async () => {
    const sha = sha256('new');
    await writeFile(join(base, 'session/blobs', sha), 'evil');
    assert.equal((await apply('f', ABSENT, fileState('new'))).kind, 'failed');
    assert.equal((await apply('f', ABSENT, fileState('never stored'))).kind, 'failed');
    assert.deepEqual(await readdir(root), []);
  });

  it('writes names of 255 bytes', async () => {
    const name = 'é'.repeat(127);
    assert.equal((await apply(name, ABSENT, fileState('new'))).kind, 'applied');
    assert.equal((await apply(name, fileState('new'), fileState('old'))).kind, 'applied');
    assert.deepEqual(await readdir(root), [name]);
  });
});
