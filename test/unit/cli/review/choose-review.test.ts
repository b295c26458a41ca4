import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseReview } from '../../../../src/cli/review/choose-review.js';
import { selectChanges, showPath } from '../../../../src/cli/review/select-changes.js';
import type { StoredReview } from '../../../../src/session/reviews/stored-reviews.js';
import type { ReviewedChange } from '../../../../src/workspace/review/review-api.js';

describe('what a review command is about', () => {
  let root: string;
  before(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'airlock-choose-')));
    for (const dir of ['ws/src/deep', 'ws/nested', 'other', 'none'])
      await mkdir(join(root, dir), { recursive: true });
    await symlink(join(root, 'ws'), join(root, 'link'));
  });
  after(() => rm(root, { recursive: true }));

  const make = (sessionId: string, workspace: string, undecided: number): StoredReview => ({
    sessionId: sessionId.padEnd(12, '0'),
    workspace: join(root, workspace),
    createdAt: 0,
    prompt: '',
    undecided,
  });
  /** Newest first. */
  const reviews = () => [
    make('a1', 'ws', 0),
    make('a2', 'ws', 2),
    make('b1', 'other', 1),
    make('a3', 'ws', 1),
    make('c1', 'ws/nested', 1),
  ];

  const cases: readonly (readonly [
    string,
    { session?: string; workspace?: string },
    string,
    string,
    string,
  ])[] = [
    ['the newest that waits here', {}, 'ws', 'a2', ''],
    ['that of the folder around', {}, 'ws/src/deep', 'a2', 'src/deep'],
    ['that of the innermost workspace', {}, 'ws/nested', 'c1', ''],
    ['that of a workspace through a link', { workspace: 'link' }, 'none', 'a2', ''],
    ['that of a folder in a workspace', { workspace: 'ws/src' }, 'none', 'a2', 'src'],
    ['paths as seen from the current folder first', { workspace: 'ws' }, 'ws/src', 'a2', 'src'],
    ['the session that is named', { session: 'a1' }, 'none', 'a1', ''],
    ['the session that is named, as seen from here', { session: 'a3' }, 'ws/src', 'a3', 'src'],
  ];
  for (const [title, { session, workspace }, cwd, id, base] of cases) {
    it(`is ${title}`, async () => {
      const options = { session, workspace: workspace === undefined ? undefined : join(root, workspace) };
      const chosen = await chooseReview(reviews(), options, join(root, cwd));
      equal(chosen.stored.sessionId.replace(/0+$/, ''), id);
      equal(chosen.base, base);
    });
  }

  it('tells of the others that wait', async () => {
    const { others } = await chooseReview(
      reviews(),
      { session: undefined, workspace: undefined },
      join(root, 'ws'),
    );
    deepEqual(
      others.map(({ sessionId }) => sessionId),
      ['a30000000000'],
    );
  });

  const wrong: readonly (readonly [string, { session?: string; workspace?: string }, RegExp])[] = [
    ['nothing waits', {}, /Nothing waits for review in .*none\. .*Reviews wait in .*ws, .*other, /],
    ['no session is meant', { session: 'ff' }, /begins with "ff"/],
    ['several sessions are meant', { session: 'a' }, /Several sessions .*a10000000000, a20000000000/],
    ['the folder is not there', { workspace: 'gone' }, /folder cannot be used/],
  ];
  for (const [title, { session, workspace }, message] of wrong) {
    it(`is an error where ${title}`, async () => {
      const options = { session, workspace: workspace === undefined ? undefined : join(root, workspace) };
      await rejects(chooseReview(reviews(), options, join(root, 'none')), message);
    });
  }

  const changes = ['a', 'a.txt', 'dir', 'dir/x', 'dir/sub/y', 'src/a', 'ü\u202e'].map(toReviewed);
  const pathsOf = async (paths: readonly string[], base = '') =>
    (await selectChanges(changes, paths, { workspace: join(root, 'ws'), base })).map(
      ({ reviewed, isNamed }) => `${isNamed ? '=' : ''}${reviewed.change.path}`,
    );

  it('are all changes without a path, in path order', async () =>
    deepEqual(await pathsOf([]), ['a', 'a.txt', 'dir', 'dir/sub/y', 'dir/x', 'src/a', 'ü\u202e']));

  const selections: readonly (readonly [readonly string[], string, readonly string[]])[] = [
    [['a'], '', ['=a']],
    [['./a', 'a'], '', ['=a']],
    [['dir'], '', ['=dir', 'dir/sub/y', 'dir/x']],
    [['dir/'], '', ['=dir', 'dir/sub/y', 'dir/x']],
    [['dir', 'dir/x'], '', ['=dir', 'dir/sub/y', '=dir/x']],
    [['sub'], 'dir', ['dir/sub/y']],
    [['../a'], 'dir', ['=a']],
    [['a'], 'src', ['=src/a']],
    [['.'], 'src', ['src/a']],
    [['ü\u202e'], '', ['=ü\u202e']],
  ];
  for (const [paths, base, expected] of selections) {
    it(`are ${expected.length} for ${JSON.stringify(paths)} in ${JSON.stringify(base)}`, async () =>
      deepEqual(await pathsOf(paths, base), expected));
  }

  it('are found by absolute paths, through a link too', async () => {
    deepEqual(await pathsOf([join(root, 'ws/dir/x')]), ['=dir/x']);
    deepEqual(await pathsOf([join(root, 'link/dir/x')]), ['=dir/x']);
    equal((await pathsOf([join(root, 'ws')])).length, changes.length);
  });

  it('are none where a path matches nothing, or leads outside', async () => {
    await rejects(
      pathsOf(['a', 'gone\u001b', 'src/b']),
      /at "gone\\u\{1b\}", "src\/b"\. Nothing was decided/,
    );
    await rejects(pathsOf(['dir/xx']), /No change/);
    await rejects(pathsOf(['../other/a']), /outside the reviewed workspace/);
    await rejects(pathsOf(['/etc/passwd']), /outside the reviewed workspace/);
  });

  it('are shown as seen from the folder', () => {
    const shown = (path: string, base: string) => showPath(path, { base });
    deepEqual(
      [
        shown('a/b', ''),
        shown('a/b', 'a'),
        shown('a/b', 'c/d'),
        shown('x', 'a/b'),
        shown('a', 'a'),
        shown('\n', ''),
      ],
      ['a/b', 'b', '../../a/b', '../../x', '../a', '\\u{a}'],
    );
  });
});

function toReviewed(path: string): ReviewedChange {
  const change = {
    path,
    status: 'deleted',
    before: { kind: 'symlink', target: 'x' },
    after: { kind: 'absent' },
    binary: false,
    added: 0,
    removed: 0,
  } as const;
  return {
    change,
    decision: 'pending',
    mark: { kind: 'none' },
    fresh: new Set(),
    isEdited: false,
    risks: [],
  };
}
