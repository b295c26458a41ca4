import assert from 'node:assert/strict';
import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeKey } from '../../../src/workspace/changes.js';
import { openReview } from '../../../src/workspace/review/review.js';
import { shownKeys } from '../../../src/workspace/review/shown-keys.js';
import { readTree, Sandbox, type Tree } from './fixture.js';

interface Case {
  readonly name: string;
  readonly tree: Tree;
  readonly act: (at: (path: string) => string) => Promise<unknown>;
  /** One a change: status, path, sides that are folders, and which folder goes with it. */
  readonly expected: readonly string[];
  /** Where something is refused, what is left of the real workspace. */
  readonly left?: Record<string, string>;
}

const folder = { folder: true } as const;

const cases: readonly Case[] = [
  {
    name: 'a new folder is a change when it is empty, and the deepest one only',
    tree: { src: folder },
    act: (at) => mkdir(at('src/a/b/c'), { recursive: true }),
    expected: ['added src/a/b/c: absent → directory'],
  },
  {
    name: 'a new folder with a file in it is none',
    tree: {},
    act: async (at) => {
      await mkdir(at('a/b'), { recursive: true });
      await writeFile(at('a/f'), '1');
      await writeFile(at('a/b/g'), '1');
    },
    expected: ['added a/b/g: absent → file', 'added a/f: absent → file'],
  },
  {
    name: 'deletions say which folder goes with them',
    tree: { 'd/a': '1', 'd/e/b': '2', 'd/e/none': folder, 'keep/x': '1', 'keep/y': '2' },
    act: async (at) => {
      await rm(at('d'), { recursive: true });
      await rm(at('keep/x'));
    },
    expected: [
      'deleted d/a: file → absent (d)',
      'deleted d/e/b: file → absent (d)',
      'deleted d/e/none: directory → absent (d)',
      'deleted keep/x: file → absent',
    ],
  },
  {
    name: 'a folder that only lost its files stays',
    tree: { 'd/a': '1', 'd/e/b': '2' },
    act: (at) => Promise.all([rm(at('d/a')), rm(at('d/e/b'))]),
    expected: ['deleted d/a: file → absent', 'deleted d/e/b: file → absent'],
  },
  {
    name: 'an empty folder that is gone is a change',
    tree: { none: folder, 'd/none': folder, 'd/a': '1' },
    act: (at) => Promise.all([rmdir(at('none')), rmdir(at('d/none'))]),
    expected: ['deleted d/none: directory → absent', 'deleted none: directory → absent'],
  },
  {
    name: 'a folder made anew keeps what it has, and loses the folders that it has not',
    tree: { 'd/e/a': '1', 'd/e/f/b': '2', 'd/e/g': folder, 'd/c': '3' },
    act: async (at) => {
      await rm(at('d/e'), { recursive: true });
      await mkdir(at('d/e'));
    },
    expected: [
      'deleted d/e/a: file → absent',
      'deleted d/e/f/b: file → absent (d/e/f)',
      'deleted d/e/g: directory → absent',
    ],
  },
  {
    name: 'an empty folder takes the place of a file, and a file that of an empty folder',
    tree: { f: '1\n2\n', d: folder },
    act: async (at) => {
      await rm(at('f'));
      await mkdir(at('f'));
      await rmdir(at('d'));
      await writeFile(at('d'), 'file');
    },
    expected: ['added d: absent → file', 'modified f: file → directory'],
  },
  {
    name: 'an empty folder takes the place of a full one, deep down',
    tree: { 'd/e/a': '1', 'd/f/b': '2' },
    act: async (at) => {
      await rm(at('d'), { recursive: true });
      await mkdir(at('d/e/x'), { recursive: true });
    },
    expected: [
      'deleted d/e/a: file → absent',
      'added d/e/x: absent → directory',
      'deleted d/f/b: file → absent (d/f)',
    ],
  },
  {
    name: 'a folder with a hidden file or git’s own data in it is not gone',
    tree: { 'd/.env': 'KEY=1', 'd/e/a': '1', 'g/.git/HEAD': 'ref', 'g/.git/refs': folder, 'g/h/b': '2' },
    act: (at) => Promise.all([rm(at('d'), { recursive: true }), rm(at('g'), { recursive: true })]),
    expected: [
      'refused d/.env: absent → absent',
      'deleted d/e/a: file → absent (d/e)',
      'refused g/.git: absent → absent',
      'deleted g/h/b: file → absent (g/h)',
    ],
    left: { 'd/.env': 'KEY=1', 'g/.git/HEAD': 'ref', 'g/.git/refs/': 'folder' },
  },
];

const strategies = {
  overlay: (tree: Tree) => Sandbox.overlay(tree),
  copy: (tree: Tree) => Sandbox.copy(tree, '.env' in tree || 'd/.env' in tree ? masked : []),
};
const masked = [{ path: 'd/.env', content: 'hidden\n', reason: 'test' }];

for (const [strategy, open] of Object.entries(strategies)) {
  describe(`folders as changes (${strategy})`, () => {
    let sandbox: Sandbox;
    afterEach(() => sandbox.remove());

    async function start(tree: Tree): Promise<void> {
      sandbox = await open(tree);
      if (strategy !== 'overlay' || tree['d/.env'] === undefined) return;
      sandbox.masked = masked;
      await writeFile(view('d/.env'), 'hidden\n');
    }
    const view = (path: string) => join(sandbox.view, path);
    const real = (path: string) => join(sandbox.root, path);
    const approveAll = () => sandbox.review.approveAll(shownKeys(sandbox.review.list()));
    const approve = async (path: string) => {
      const item = sandbox.review.get(path);
      assert.ok(item);
      return sandbox.review.approve(path, changeKey(item.change));
    };
    const listed = () =>
      sandbox.review
        .list()
        .map(({ change: { status, path, before, after, emptied } }) =>
          [`${status} ${path}: ${before.kind} → ${after.kind}`, ...(emptied ? [`(${emptied})`] : [])].join(
            ' ',
          ),
        );

    for (const { name, tree, act, expected, left } of cases) {
      it(name, async () => {
        await start(tree);
        await act(view);
        await sandbox.collect();
        assert.deepEqual(listed(), expected);
        for (const { kind } of await approveAll()) assert.equal(kind, 'applied');
        const wanted = left === undefined ? await readTree(sandbox.view) : toContent(left);
        assert.deepEqual(await readTree(sandbox.root), wanted);
        await sandbox.collect();
        assert.deepEqual(
          listed().filter((line) => !line.startsWith('refused')),
          [],
        );
      });
    }

    it('keeps a folder with a file that only the host has in it', async () => {
      await start({ 'd/a': '1', 'd/e/b': '2' });
      await rm(view('d'), { recursive: true });
      await writeFile(real('d/mine'), 'mine');
      await sandbox.collect();
      await approveAll();
      assert.deepEqual(await readTree(sandbox.root), toContent({ 'd/mine': 'mine' }));
    });

    it('has nothing to do where the user made the same folder, and asks where it is full by now', async () => {
      await start({ none: folder });
      await mkdir(view('both'));
      await rmdir(view('none'));
      await sandbox.collect();
      await mkdir(real('both'));
      await writeFile(real('none/mine'), 'mine');
      assert.equal((await approve('both')).kind, 'applied');
      const full = await approve('none');
      assert.ok(full.kind === 'conflict');
      assert.match(full.reason, /not empty any more/);
      assert.deepEqual(await readdir(real('none')), ['mine']);
    });

    it('does not remove unasked a folder that the user made again', async () => {
      await start({ none: folder });
      await rmdir(view('none'));
      await sandbox.collect();
      await approveAll();
      await mkdir(real('none'));
      await sandbox.collect();
      assert.deepEqual(
        sandbox.review.list().map(({ change, decision }) => `${change.path} ${decision}`),
        ['none conflict'],
      );
    });

    it('follows a folder over the turns: made, filled, emptied, removed, made again', async () => {
      await start({ keep: '1' });
      const turn = async (expected: readonly string[], act: () => Promise<unknown>) => {
        await act();
        await sandbox.collect();
        assert.deepEqual(listed(), expected);
        await approveAll();
        assert.deepEqual(await readTree(sandbox.root), await readTree(sandbox.view));
      };
      await turn(['added a/b: absent → directory'], () => mkdir(view('a/b'), { recursive: true }));
      await turn(['added a/b/f: absent → file'], () => writeFile(view('a/b/f'), '1'));
      await turn(['deleted a/b/f: file → absent'], () => rm(view('a/b/f')));
      await turn(['deleted a/b: directory → absent (a)'], () => rm(view('a'), { recursive: true }));
      await turn(['added a: absent → directory'], () => mkdir(view('a')));
      await turn(['added a/b/c: absent → directory'], () => mkdir(view('a/b/c'), { recursive: true }));
      await turn(['deleted a/b/c: directory → absent'], () => rmdir(view('a/b/c')));
      await turn(['deleted a/b: directory → absent'], () => rmdir(view('a/b')));
      await turn(['modified keep: file → directory'], async () => {
        await rm(view('keep'));
        await mkdir(view('keep'));
      });
    });

    it('misses nothing of a folder that it wrote into and that is gone since, nor asks about it', async () => {
      await start({ 'd/e/old': '1', 'd/e/f': folder, p: 'same' });
      await writeFile(view('d/e/new'), '2');
      await rm(view('p'));
      await mkdir(view('p'));
      await sandbox.collect();
      await approveAll();
      await rm(view('d'), { recursive: true });
      await mkdir(view('d'));
      await rmdir(view('p'));
      await writeFile(view('p'), 'same');
      await sandbox.collect();
      assert.deepEqual(listed(), [
        'deleted d/e/f: directory → absent (d/e)',
        'deleted d/e/new: file → absent (d/e)',
        'deleted d/e/old: file → absent (d/e)',
        'added p: absent → file',
      ]);
      await approveAll();
      assert.deepEqual(await readTree(sandbox.root), await readTree(sandbox.view));
    });

    it('keeps what is decided, and forgets a folder that goes along no more', async () => {
      await start({ 'd/a': '1', 'd/b': '2' });
      await rm(view('d'), { recursive: true });
      await mkdir(view('new'));
      await sandbox.collect();
      await sandbox.review.reject('d/a');
      await sandbox.review.reject('new');
      await mkdir(view('d'));
      await sandbox.collect();
      assert.deepEqual(
        sandbox.review.list().map(({ change, decision }) => [change.path, decision, change.emptied]),
        [
          ['d/a', 'rejected', undefined],
          ['d/b', 'pending', undefined],
          ['new', 'rejected', undefined],
        ],
      );
    });

    it('is stored, has no bytes and no lines, and cannot be edited', async () => {
      await start({ 'd/a': '1', none: folder });
      await rm(view('d'), { recursive: true });
      await rmdir(view('none'));
      await mkdir(view('new'));
      await sandbox.collect();
      const opened = await openReview({ dir: sandbox.sessionDir, stateDir: sandbox.base });
      assert.ok(opened.kind === 'open');
      const { review } = opened;
      assert.deepEqual(review.list(), sandbox.review.list());
      for (const path of ['new', 'none']) {
        const { binary, added, removed } = review.get(path)?.change ?? {};
        assert.deepEqual([binary, added, removed], [false, 0, 0]);
        for (const side of ['before', 'after'] as const)
          assert.equal((await review.read(path, side)).length, 0);
        assert.deepEqual(await review.hunks(path), []);
        await assert.rejects(review.edit(path, Buffer.from('x')), /it is a folder/);
      }
      await review.approveAll(shownKeys(review.list()));
      assert.deepEqual(await readTree(sandbox.root), { 'new/': 'folder' });
    });
  });
}

function toContent(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      path.endsWith('/') ? text : `- ${Buffer.from(text).toString('base64')}`,
    ]),
  );
}
