import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLimits, type RunningSession } from '../../src/session/api.js';
import type { SessionEvent } from '../../src/session/events.js';
import { TestRepository } from '../unit/workspace/commits/repository-fixture.js';
import {
  assertNothingLeft,
  type Bench,
  collectEvents,
  exists,
  giveToUser,
  openBench,
  readAudit,
  waitFor,
} from './harness.js';

const FIXTURE = 'test/fixtures/sample-project';
const limits = { ...defaultLimits, memoryMb: 512, keepSeconds: 60 };

const run = (command: string) => [{ tool: 'run_command', input: { command } }];
const write = (path: string, content: string) => [{ tool: 'write_file', input: { path, content } }];

for (const strategy of ['overlay', 'copy'] as const) {
  describe(`commits of the agent: ${strategy}`, () => {
    let bench: Bench;
    let user: TestRepository;
    let first: string;
    let mark: string;

    beforeEach(async () => {
      bench = await openBench({
        fixture: FIXTURE,
        script: [
          write('made.txt', 'made\n'),
          run('git add -A && git commit -q -m "Make a file"'),
          [{ text: 'one' }],
          run('git switch -q -c topic && git rm -q src/legacy.js && git commit -q -m "Remove the rest"'),
          [{ text: 'two' }],
          run('git switch -q main && git reset -q --hard HEAD~1'),
          [{ text: 'three' }],
        ],
      });
      user = TestRepository.make(bench.workspace);
      mark = join(bench.dir, 'started');
      for (const hook of ['reference-transaction', 'post-checkout', 'pre-commit']) {
        const file = join(bench.workspace, '.git/hooks', hook);
        await writeFile(file, `#!/bin/sh\necho ${hook} >> '${mark}'\n`);
        await chmod(file, 0o755);
      }
      user.git('add', '-A');
      user.git('commit', '-q', '-m', 'first');
      first = user.git('rev-parse', 'HEAD');
      await writeFile(join(bench.workspace, 'README.md'), 'mine\n');
      await writeFile(join(bench.workspace, 'staged.txt'), 'mine\n');
      user.git('add', 'staged.txt');
      await giveToUser(bench.workspace);
      await rm(mark, { force: true });
    });
    afterEach(() => bench.dispose());

    const kept = async ({ id }: RunningSession) => {
      const names = await readdir(join(bench.stateDir, 'sessions', id));
      return names.filter((name) => name.startsWith('commits')).sort();
    };
    const subjects = (...range: string[]) => user.git('log', '--format=%s <%ae>', ...range).split('\n');

    it('come to a branch of their own, and nothing else is touched', async () => {
      const before = user.snapshot();
      const session = await bench.host.start(bench.request({ strategy, limits }));
      const events = collectEvents(session);
      await untilIdle(session, 1);
      assert.deepEqual(told(events), ['The agent made 1 commit']);
      assert.deepEqual(user.snapshot(), before);

      session.prompt('Go on.');
      await untilIdle(session, 2);
      assert.deepEqual(told(events), ['The agent made 1 commit', 'The agent made 2 commits']);
      await session.stop();
      await assertNothingLeft(bench, session.id);

      const [waiting, ...others] = await bench.host.agentCommits(bench.workspace);
      assert.deepEqual([others, waiting?.sessionId, waiting?.commits], [[], session.id, 2]);
      assert.equal(waiting?.agent, 'Airlock agent');
      const imported = await bench.host.importCommits(session.id);
      assert.equal(imported.branch, `airlock/${session.id.slice(0, 8)}`);
      const agent = '<agent@airlock.invalid>';
      assert.deepEqual(subjects(imported.branch, '--not', 'main'), [
        `Remove the rest ${agent}`,
        `Make a file ${agent}`,
      ]);
      assert.equal(user.git('show', `${imported.branch}:made.txt`), 'made');
      assert.equal(user.git('rev-parse', `${imported.branch}~2`), first);

      assert.equal(user.git('symbolic-ref', 'HEAD'), 'refs/heads/main');
      assert.equal(user.git('rev-parse', 'main'), first);
      assert.equal(await exists(mark), false);
      const after = user.snapshot();
      const touched = Object.keys(after).filter((name) => before[name] !== after[name]);
      const known = /^\.git\/(?:objects\/pack\/|(?:logs\/)?refs\/heads\/airlock\/)/;
      assert.deepEqual(
        touched.filter((name) => !known.test(name)),
        [],
      );
      assert.equal(user.git('status', '--porcelain'), 'M README.md\nA  staged.txt'.trim());

      assert.deepEqual(await bench.host.agentCommits(bench.workspace), []);
      await assert.rejects(bench.host.importCommits(session.id), /none of this session are kept/);
      assert.match(
        JSON.stringify(await readAudit(bench, session.id)),
        /commits were imported: 2 to the branch/,
      );
    });

    it('are not kept when the agent takes them back', async () => {
      const session = await bench.host.start(bench.request({ strategy, limits }));
      await untilIdle(session, 1);
      assert.deepEqual(await kept(session), ['commits.bundle', 'commits.json']);
      session.prompt('Go on.');
      await untilIdle(session, 2);
      session.prompt('Take it back.');
      await untilIdle(session, 3);
      assert.deepEqual(await kept(session), []);
      assert.deepEqual(await bench.host.agentCommits(bench.workspace), []);
    });

    it('go with the review', async () => {
      const session = await bench.host.start(bench.request({ strategy, limits }));
      await untilIdle(session, 1);
      await session.stop();
      assert.deepEqual(await kept(session), ['commits.bundle', 'commits.json']);
      await session.review.discard();
      assert.equal(await exists(join(bench.stateDir, 'sessions', session.id)), false);
    });

    it('are only those of the agent when the user commits meanwhile', async () => {
      const session = await bench.host.start(bench.request({ strategy, limits }));
      const events = collectEvents(session);
      await untilIdle(session, 1);
      const imported = await bench.host.importCommits(session.id);
      assert.equal(imported.commits, 1);
      user.git('commit', '-q', '-m', 'the user goes on');
      execFileSync('chown', ['-R', `--reference=${bench.workspace}`, join(bench.workspace, '.git')]);
      session.prompt('Go on.');
      await untilIdle(session, 2);
      const second = await bench.host.importCommits(session.id);
      assert.deepEqual([second.branch, second.commits], [`${imported.branch}-2`, 1]);
      assert.equal(user.git('rev-parse', `${second.branch}~1`), user.git('rev-parse', imported.branch));
      assert.equal(told(events).length, 2);
    });
  });
}

function told(events: readonly SessionEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'notice' ? (/^The agent(?: made \d+ commits?|'s commits.*)/.exec(event.text) ?? []) : [],
  );
}

async function untilIdle(session: RunningSession, turn: number): Promise<void> {
  let idle = 0;
  session.onEvent((event) => {
    if (event.type === 'phase' && event.phase === 'idle') idle += 1;
  });
  await waitFor(`the end of turn ${turn}`, () => idle >= turn);
}
