import assert from 'node:assert/strict';
import {
  chmod,
  cp,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { readTree, Sandbox, summarise, type Tree } from '../fixture.js';
import { approveEverything } from '../review/review-fixture.js';

interface Case {
  readonly name: string;
  readonly tree: Tree;
  readonly act: (view: string) => Promise<unknown>;
  readonly expected: readonly string[];
  /** False where something is refused, so the two trees stay different. */
  readonly equalAfter?: boolean;
}

const cases: readonly Case[] = [
  { name: 'nothing', tree: { a: '1' }, act: async () => undefined, expected: [] },
  {
    name: 'an edit',
    tree: { 'a.txt': 'one\n' },
    act: (v) => writeFile(join(v, 'a.txt'), 'two\n'),
    expected: ['modified a.txt'],
  },
  {
    name: 'a new file in new folders',
    tree: {},
    act: async (v) => {
      await mkdir(join(v, 'x/y'), { recursive: true });
      await writeFile(join(v, 'x/y/z'), 'new');
    },
    expected: ['added x/y/z'],
  },
  {
    name: 'a deletion',
    tree: { 'd/a': '1', 'd/b': '2' },
    act: (v) => rm(join(v, 'd/a')),
    expected: ['deleted d/a'],
  },
  {
    name: 'a copied-up file with the same bytes',
    tree: { a: 'same' },
    act: (v) => writeFile(join(v, 'a'), 'same'),
    expected: [],
  },
  { name: 'a touched file', tree: { a: 'same' }, act: (v) => utimes(join(v, 'a'), 1, 1), expected: [] },
  {
    name: 'an emptied file',
    tree: { a: 'full' },
    act: (v) => truncate(join(v, 'a'), 0),
    expected: ['modified a'],
  },
  {
    name: 'an executable bit',
    tree: { run: 'x' },
    act: (v) => chmod(join(v, 'run'), 0o755),
    expected: ['mode run'],
  },
  {
    name: 'a lost executable bit',
    tree: { run: { script: 'x' } },
    act: (v) => chmod(join(v, 'run'), 0o644),
    expected: ['mode run'],
  },
  { name: 'other mode bits', tree: { a: 'x' }, act: (v) => chmod(join(v, 'a'), 0o600), expected: [] },
  {
    name: 'a deleted folder',
    tree: { 'd/a': '1', 'd/e/b': '2', c: '3' },
    act: (v) => rm(join(v, 'd'), { recursive: true }),
    expected: ['deleted d/a', 'deleted d/e/b'],
  },
  {
    name: 'a folder deleted and made anew',
    tree: { 'd/a': '1', 'd/e/b': '2', 'd/keep': '3' },
    act: async (v) => {
      await rm(join(v, 'd'), { recursive: true });
      await mkdir(join(v, 'd'));
      await writeFile(join(v, 'd/keep'), '3');
      await writeFile(join(v, 'd/new'), '4');
    },
    expected: ['deleted d/a', 'deleted d/e/b', 'added d/new'],
  },
  {
    name: 'a nested folder made anew',
    tree: { 'd/e/a': '1', 'd/e/f/b': '2', 'd/c': '3' },
    act: async (v) => {
      await rm(join(v, 'd/e'), { recursive: true });
      await mkdir(join(v, 'd/e'));
    },
    expected: ['deleted d/e/a', 'deleted d/e/f/b'],
  },
  {
    name: 'a folder in place of a file',
    tree: { p: 'file' },
    act: async (v) => {
      await rm(join(v, 'p'));
      await mkdir(join(v, 'p'));
      await writeFile(join(v, 'p/a'), 'x');
    },
    expected: ['deleted p', 'added p/a'],
  },
  {
    name: 'a file in place of a folder',
    tree: { 'p/a': '1', 'p/q/b': '2' },
    act: async (v) => {
      await rm(join(v, 'p'), { recursive: true });
      await writeFile(join(v, 'p'), 'file');
    },
    expected: ['added p', 'deleted p/a', 'deleted p/q/b'],
  },
  {
    name: 'a link in place of a folder',
    tree: { 'p/a': '1', q: 'q' },
    act: async (v) => {
      await rm(join(v, 'p'), { recursive: true });
      await symlink('q', join(v, 'p'));
    },
    expected: ['symlink p', 'deleted p/a'],
  },
  {
    name: 'a rename',
    tree: { 'a.txt': 'some text\n' },
    act: (v) => rename(join(v, 'a.txt'), join(v, 'b.txt')),
    expected: ['deleted a.txt', 'added b.txt'],
  },
  {
    name: 'links',
    tree: { t: 't', old: { link: 't' }, gone: { link: 't' } },
    act: async (v) => {
      await rm(join(v, 'old'));
      await symlink('./u', join(v, 'old'));
      await rm(join(v, 'gone'));
      await mkdir(join(v, 'd'));
      await symlink('../t', join(v, 'd/new'));
    },
    expected: ['symlink d/new', 'deleted gone', 'symlink old'],
  },
  {
    name: 'links that lead out',
    tree: {},
    act: async (v) => {
      await symlink('/etc/passwd', join(v, 'absolute'));
      await symlink('../x', join(v, 'above'));
      await symlink('d/../../x', join(v, 'winding'));
      await symlink('.git/hooks', join(v, 'hooks'));
    },
    expected: ['refused above', 'refused absolute', 'refused hooks', 'refused winding'],
    equalAfter: false,
  },
  {
    name: 'the root .git',
    tree: { '.git/config': 'x', a: '1' },
    act: async (v) => {
      await writeFile(join(v, '.git/config'), 'y');
      await mkdir(join(v, '.git/hooks'));
      await writeFile(join(v, '.git/hooks/pre-commit'), 'evil');
      await rm(join(v, 'a'));
    },
    expected: ['deleted a'],
    equalAfter: false,
  },
  {
    name: 'a nested .git',
    tree: { 'sub/.git/config': 'x', 'sub/a': '1' },
    act: async (v) => {
      await writeFile(join(v, 'sub/.git/config'), 'y');
      await mkdir(join(v, 'new/.GIT'), { recursive: true });
      await writeFile(join(v, 'new/.GIT/config'), 'y');
      await writeFile(join(v, 'new/.GIT/HEAD'), 'y');
      await mkdir(join(v, '.Git'));
      await writeFile(join(v, '.Git/config'), 'y');
    },
    expected: ['refused .Git', 'refused new/.GIT', 'refused sub/.git'],
    equalAfter: false,
  },
  {
    name: 'names of every kind',
    tree: { ' lead': '1', '-rf': '2' },
    act: async (v) => {
      for (const name of [
        'with space',
        'quo"te\'s',
        'new\nline',
        '--dash',
        'ünï☃',
        'back\\slash',
        '*?[x]',
        'tab\t',
        '\u0001',
      ]) {
        await writeFile(join(v, name), name);
      }
      await rm(join(v, '-rf'));
      await writeFile(join(v, ' lead'), '');
    },
    expected: [
      'refused \u0001',
      'modified  lead',
      'added *?[x]',
      'added --dash',
      'deleted -rf',
      'refused back\\slash',
      'refused new\nline',
      'added quo"te\'s',
      'refused tab\t',
      'added with space',
      'added ünï☃',
    ],
    equalAfter: false,
  },
];

describe('deriveChanges over a real overlay mount', () => {
  for (const { name, tree, act, expected, equalAfter = true } of cases) {
    it(name, async () => {
      const sandbox = await Sandbox.overlay(tree);
      try {
        await act(sandbox.view);
        const { changes, hostEdited } = await sandbox.collect();
        assert.deepEqual(summarise(changes), expected);
        assert.equal(hostEdited.size, 0);
        const outcomes = await approveEverything(sandbox.review);
        assert.deepEqual(
          outcomes.filter(({ kind }) => kind !== 'applied'),
          [],
        );
        if (equalAfter) assert.deepEqual(await readTree(sandbox.root), await readTree(sandbox.view));
      } finally {
        await sandbox.remove();
      }
    });
  }

  it('pairs a rename and counts lines and binaries', async () => {
    const sandbox = await Sandbox.overlay({
      'a.txt': 'text\n',
      'b.txt': '1\n2\n3\n',
      'c.bin': Buffer.from([0, 1, 2]),
    });
    try {
      await rename(join(sandbox.view, 'a.txt'), join(sandbox.view, 'moved.txt'));
      await writeFile(join(sandbox.view, 'b.txt'), '1\ntwo\n3\n4\n');
      await writeFile(join(sandbox.view, 'c.bin'), Buffer.from([0, 9]));
      const { changes } = await sandbox.collect();
      const moved = changes.find(({ path }) => path === 'moved.txt');
      assert.equal(moved?.renamedFrom, 'a.txt');
      const counts = changes.map(({ path, binary, added, removed }) => [path, binary, added, removed]);
      assert.deepEqual(counts, [
        ['a.txt', false, 0, 1],
        ['b.txt', false, 2, 1],
        ['c.bin', true, 0, 0],
        ['moved.txt', false, 1, 0],
      ]);
    } finally {
      await sandbox.remove();
    }
  });

  it('knows a host edit, and does not take a folder for emptied because the host filled it', async () => {
    const sandbox = await Sandbox.overlay({ 'd/a': 'old', 'd/b': 'old', c: 'c' });
    try {
      await writeFile(join(sandbox.view, 'd/a'), 'agent');
      await writeFile(join(sandbox.root, 'd/a'), 'host');
      await writeFile(join(sandbox.root, 'd/fresh'), 'host');
      await writeFile(join(sandbox.root, 'c'), 'host');
      const { changes, hostEdited } = await sandbox.collect();
      assert.deepEqual(summarise(changes), ['modified d/a']);
      assert.deepEqual([...hostEdited], ['d/a']);
      const [item] = sandbox.review.list();
      assert.equal(item?.decision, 'conflict');
      assert.deepEqual(await approveEverything(sandbox.review), []);
      assert.equal(await readFile(join(sandbox.root, 'd/a'), 'utf8'), 'host');
    } finally {
      await sandbox.remove();
    }
  });

  it('says nothing of masked files, and refuses what became of them', async () => {
    const sandbox = await Sandbox.overlay({ '.env': 'KEY=1', 'b.env': 'KEY=2', 'd/.env': 'KEY=3' });
    try {
      sandbox.masked = ['.env', 'b.env', 'd/.env'].map((path) => ({
        path,
        content: 'hidden\n',
        reason: 'test',
      }));
      for (const path of ['.env', 'b.env', 'd/.env'])
        await writeFile(join(sandbox.view, path), 'hidden\n', { mode: 0o444 });
      await writeFile(join(sandbox.view, 'b.env'), 'changed');
      await rm(join(sandbox.view, 'd'), { recursive: true });
      const { changes } = await sandbox.collect();
      assert.deepEqual(summarise(changes), ['refused b.env', 'refused d/.env']);
    } finally {
      await sandbox.remove();
    }
  });

  it('removes overlay directories that resist', async () => {
    const sandbox = await Sandbox.overlay({ 'd/a': '1', b: '2' });
    await rm(join(sandbox.view, 'b'));
    await cp(join(sandbox.view, 'd'), join(sandbox.view, 'e'), { recursive: true });
    await chmod(join(sandbox.view, 'e'), 0);
    await sandbox.remove();
  });
});
