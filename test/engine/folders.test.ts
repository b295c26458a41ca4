import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLimits, type RunningSession } from '../../src/session/api.js';
import { shownKeys } from '../../src/workspace/review/shown-keys.js';
import { assertNothingLeft, type Bench, giveToUser, openBench, waitFor } from './harness.js';

const limits = { ...defaultLimits, memoryMb: 512, keepSeconds: 60 };

const run = (command: string) => [{ tool: 'run_command', input: { command } }];
/** What the sandbox holds is what the test expects of the real workspace. */
const told = (paths: readonly string[], text: string) => [
  { expect: { lastToolResultIncludes: ['.', ...paths.map((path) => `./${path}`)].join('\n') } },
  { text },
];

const first = ['a', 'a/b', 'a/b/c', 'keep', 'keep/file.txt', 'keep/part'];
const second = ['a', 'a/b', 'dir', 'keep', 'keep/file.txt', 'keep/part'];
const third = ['dir'];

for (const strategy of ['overlay', 'copy'] as const) {
  describe(`folders that come and go: ${strategy}`, () => {
    let bench: Bench;
    before(async () => {
      bench = await openBench({
        script: [
          run('mkdir -p a/b/c'),
          run('rm -r dir'),
          run('rmdir none'),
          run('rm keep/part/file.txt'),
          run('find . | sort'),
          told(first, 'one'),
          run('rmdir a/b/c'),
          run('mkdir dir'),
          run('find . | sort'),
          told(second, 'two'),
          run('rm -r a keep'),
          run('find . | sort'),
          told(third, 'three'),
        ],
      });
      const at = (path: string) => join(bench.workspace, path);
      for (const dir of ['dir/deep', 'dir/hollow', 'none', 'keep/part'])
        await mkdir(at(dir), { recursive: true });
      for (const file of ['dir/two.txt', 'dir/deep/one.txt', 'keep/file.txt', 'keep/part/file.txt'])
        await writeFile(at(file), file);
      await giveToUser(bench.workspace);
    });
    after(() => bench.dispose());

    it('are reviewed, and approved they are the real workspace', async () => {
      const session = await bench.host.start(bench.request({ strategy, limits }));
      await untilIdle(session, 1);
      assert.deepEqual(listOpen(session), [
        'added a/b/c',
        'deleted dir/deep/one.txt (dir)',
        'deleted dir/hollow (dir)',
        'deleted dir/two.txt (dir)',
        'deleted keep/part/file.txt',
        'deleted none',
      ]);
      await approveAll(session);
      assert.deepEqual(await listTree(), first);

      session.prompt('Go on.');
      await untilIdle(session, 2);
      assert.deepEqual(listOpen(session), ['added dir', 'deleted a/b/c']);
      await approveAll(session);
      assert.deepEqual(await listTree(), second);

      session.prompt('And clean up.');
      await untilIdle(session, 3);
      assert.deepEqual(listOpen(session), [
        'deleted a/b (a)',
        'deleted keep/file.txt (keep)',
        'deleted keep/part (keep)',
      ]);
      await approveAll(session);
      assert.deepEqual(await listTree(), third);

      await session.stop();
      assert.deepEqual(
        await session.done,
        { kind: 'completed', stopReason: 'end_turn' },
        bench.log.join('\n'),
      );
      await assertNothingLeft(bench, session.id);
      for (const count of [3, 2, 6]) {
        const [last] = await bench.host.applied(bench.workspace);
        assert.ok(last);
        assert.equal(last.paths.length, count);
        assert.equal((await bench.host.undo(bench.workspace, last.id)).kind, 'undone');
      }
      assert.deepEqual(await listTree(), [
        ...['dir', 'dir/deep', 'dir/deep/one.txt', 'dir/hollow', 'dir/two.txt'],
        ...['keep', 'keep/file.txt', 'keep/part', 'keep/part/file.txt', 'none'],
      ]);
    });

    async function listTree(): Promise<readonly string[]> {
      return (await readdir(bench.workspace, { recursive: true })).sort();
    }
  });
}

async function untilIdle(session: RunningSession, turns: number): Promise<void> {
  let idle = 0;
  const unsubscribe = session.onEvent((event) => {
    if (event.type === 'phase' && event.phase === 'idle') idle += 1;
  });
  await waitFor(`turn ${turns} to end`, () => idle >= turns, 60_000);
  unsubscribe();
}

/** Status and path of what waits, with the folder that goes along. */
function listOpen(session: RunningSession): string[] {
  return session.review
    .list()
    .filter(({ decision }) => decision === 'pending' || decision === 'conflict')
    .map(({ change: { status, path, emptied } }) => `${status} ${path}${emptied ? ` (${emptied})` : ''}`)
    .sort();
}

async function approveAll({ review }: RunningSession): Promise<void> {
  for (const outcome of await review.approveAll(shownKeys(review.list())))
    assert.equal(outcome.kind, 'applied', JSON.stringify(outcome));
}
