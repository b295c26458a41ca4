import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import { mapConcurrent } from '../../../../src/workspace/concurrent.js';
import { makePlan, mixedTrees, type PlanFixture, readAll } from './plan-fixture.js';

const DRIVER = resolve('out/apply-driver.js');
/** Every call by which an apply changes what is on the disk, or makes it last. */
const CALLS = 'pwrite64,fsync,rename,unlink,link,symlink,mkdir,rmdir,fchmod,chmod,fchown,lchown';

interface Position {
  readonly call: string;
  readonly nth: number;
}

describe('an apply of 50 files that is killed', function () {
  this.timeout(400_000);
  let plan: PlanFixture;
  let itemsFile: string;

  before(async () => {
    const { before, after } = mixedTrees(45);
    plan = await makePlan(before, after);
    assert.ok(plan.items.length >= 50);
    itemsFile = join(plan.base, 'items.json');
    await writeFile(itemsFile, JSON.stringify(plan.items));
  });
  after(() => plan.remove());

  it('at every write, sync, rename, link and removal: all old or all new after recovery', async () => {
    const positions = await listPositions();
    assert.ok(positions.length > 250, `${positions.length}`);
    let forwards = 0;
    await mapConcurrent(positions, 2, async (position) => {
      const { root, stateDir } = await plan.reset();
      await killAt('apply', stateDir, root, position);
      const isNew = await recover(stateDir, root, `killed at ${position.call} ${position.nth}`);
      if (isNew) forwards += 1;
      await rm(dirname(root), { recursive: true });
    });
    assert.ok(forwards > 0 && forwards < positions.length);
    console.log(
      `      ${positions.length} positions, ${forwards} finished and ${positions.length - forwards} taken back, 0 mixed`,
    );
  });

  it('and killed again while it recovers', async () => {
    const positions = await listPositions();
    const chosen = positions.filter((_, index) => index % 23 === 11);
    await mapConcurrent(chosen, 2, async (position) => {
      const { root, stateDir } = await plan.reset();
      await killAt('apply', stateDir, root, position);
      for (const call of ['rename', 'unlink', 'fsync'])
        await traced('recover', stateDir, root, [`inject=${call}:signal=KILL:when=3`]);
      await recover(stateDir, root, `killed at ${position.call} ${position.nth}, and in recovery`);
      await rm(dirname(root), { recursive: true });
    });
  });

  it('in the middle of several calls at once', async () => {
    const positions = await listPositions();
    let killed = 0;
    // strace counts the calls of each thread by itself.
    const chosen = positions.filter(({ nth }, index) => nth <= 16 && index % 2 === 0);
    await mapConcurrent(chosen, 2, async ({ call, nth }) => {
      const { root, stateDir } = await plan.reset();
      const inject = [`inject=${call}:signal=KILL:when=${nth}`];
      const status = await traced('apply', stateDir, root, inject, '/dev/null', 4);
      assert.ok(status === 137 || status === 0, `${status}`);
      if (status === 137) killed += 1;
      const isNew = await recover(stateDir, root, `killed at ${call} ${nth} of a thread`);
      assert.ok(isNew || status === 137);
      await rm(dirname(root), { recursive: true });
    });
    assert.ok(killed > chosen.length / 2, `${killed} of ${chosen.length}`);
    console.log(`      ${chosen.length} positions, ${killed} of them met`);
  });

  async function killAt(mode: 'apply', stateDir: string, root: string, position: Position): Promise<void> {
    const { call, nth } = position;
    const status = await traced(mode, stateDir, root, [`inject=${call}:signal=KILL:when=${nth}`]);
    assert.equal(status, 137, `it was not killed at ${call} ${nth}`);
  }

  async function recover(stateDir: string, root: string, where: string): Promise<boolean> {
    const applier = new Applier(stateDir, root);
    await applier.recover();
    const tree = await readAll(root);
    const isNew = tree['moved/to-3'] !== undefined;
    assert.deepEqual(tree, isNew ? plan.new : plan.old, where);
    // What was finished can be undone, whoever finished it.
    if (isNew) {
      assert.equal((await applier.undo()).kind, 'undone', where);
      assert.deepEqual(await readAll(root), plan.old, where);
    }
    return isNew;
  }

  /** What one apply asks of the system, call by call, without being killed. */
  async function listPositions(): Promise<readonly Position[]> {
    const { root, stateDir } = await plan.reset();
    const log = join(plan.base, 'trace');
    const status = await traced('apply', stateDir, root, [], log);
    assert.equal(status, 0, 'strace must run the apply to its end: install strace, and allow ptrace');
    assert.deepEqual(await readAll(root), plan.new);
    const counts = new Map<string, number>();
    for (const [, call = ''] of (await readFile(log, 'utf8')).matchAll(/^\d+ +(\w+)\(/gm))
      counts.set(call, (counts.get(call) ?? 0) + 1);
    return [...counts].flatMap(([call, count]) =>
      Array.from({ length: count }, (_, index) => ({ call, nth: index + 1 })),
    );
  }

  function traced(
    mode: 'apply' | 'recover',
    stateDir: string,
    root: string,
    inject: readonly string[],
    log = '/dev/null',
    // One does all the file work, so that the calls of every run come in one order.
    threads = 1,
  ): Promise<number> {
    const tracing = ['-f', '-qq', '-o', log, '-e', `trace=${CALLS}`];
    const injecting = inject.flatMap((expression) => ['-e', expression]);
    const program = [process.execPath, DRIVER, mode, stateDir, root, join(plan.base, 'session'), itemsFile];
    const env = { ...process.env, UV_THREADPOOL_SIZE: `${threads}` };
    return new Promise((done) => {
      const child = execFile('strace', [...tracing, ...injecting, ...program], { env }, () => undefined);
      child.on('error', () => done(-1));
      child.on('exit', (code, signal) => done(code ?? (signal === null ? -1 : 137)));
    });
  }
});
