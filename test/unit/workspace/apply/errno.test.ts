import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import { Injection } from './inject-errors.js';
import { makePlan, mixedTrees, type PlanFixture, readAll } from './plan-fixture.js';

const ERRNOS = ['ENOSPC', 'EIO', 'EROFS', 'EACCES', 'EMFILE', 'EXDEV'] as const;

describe('an apply whose calls to the system fail', function () {
  this.timeout(300_000);
  let plan: PlanFixture;
  let calls: number;

  before(async () => {
    const { before, after } = mixedTrees(1);
    plan = await makePlan(before, after);
    const { root, stateDir } = await plan.reset();
    const counting = Injection.count();
    const outcomes = await new Applier(stateDir, root).apply('test', plan.items, (sha) =>
      plan.blobs.get(sha),
    );
    calls = counting.end();
    assert.ok(
      outcomes.every(({ kind }) => kind === 'applied'),
      JSON.stringify(outcomes),
    );
    assert.deepEqual(await readAll(root), plan.new);
    assert.ok(calls > 100, `${calls}`);
  });
  after(() => plan.remove());

  for (const errno of ERRNOS) {
    for (const persists of [false, true]) {
      // Each of those waits for better times.
      const stride = persists ? 9 : 1;
      const title = `${errno} ${persists ? 'from one call on' : 'once, at every call'}`;
      it(`${title}: the workspace is all old or all new, and nothing is lost`, async () => {
        let rolledBack = 0;
        for (let call = 0; call < calls; call += stride) {
          const failed = await failAt(call, errno, persists);
          if (failed) rolledBack += 1;
        }
        assert.ok(rolledBack > 0);
        console.log(`      ${errno}: ${Math.ceil(calls / stride)} positions, ${rolledBack} taken back`);
      });
    }
  }

  async function failAt(call: number, errno: string, persists: boolean): Promise<boolean> {
    const { root, stateDir } = await plan.reset();
    const where = `${errno} at call ${call}${persists ? ' and after' : ''}`;
    const applier = new Applier(stateDir, root);
    const injection = Injection.failAt(call, errno, persists);
    const outcomes = await applier.apply('test', plan.items, (sha) => plan.blobs.get(sha));
    injection.end();
    const failed = outcomes.filter(({ kind }) => kind !== 'applied');
    assert.ok(
      failed.length === 0 || failed.length === plan.items.length,
      `${where}: ${JSON.stringify(outcomes)}`,
    );
    for (const outcome of failed)
      assert.ok(outcome.kind === 'failed' && outcome.error.message.includes(errno), JSON.stringify(outcome));
    await new Applier(stateDir, root).recover();
    const tree = await readAll(root);
    if (failed.length === 0) assert.deepEqual(tree, plan.new, where);
    else if (tree['becomes-folder/inside'] !== undefined) assert.deepEqual(tree, plan.new, where);
    else assert.deepEqual(tree, plan.old, where);
    await rm(dirname(root), { recursive: true });
    return failed.length > 0;
  }
});
