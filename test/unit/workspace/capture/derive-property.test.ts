import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeKey } from '../../../../src/workspace/changes.js';
import { shownKeys } from '../../../../src/workspace/review/shown-keys.js';
import { readAll } from '../apply/plan-fixture.js';
import { readTree, Sandbox, type Tree } from '../fixture.js';
import { approveEverything } from '../review/review-fixture.js';
import { actions, performAll, trees } from '../tree-actions.js';

const TURNS = 3;
const RUNS = { numRuns: 40 };

for (const strategy of ['overlay', 'copy'] as const) {
  describe(`any work in a sandbox of any tree, folders included (${strategy})`, function () {
    this.timeout(180_000);

    it('approved turn by turn is the workspace, and nothing is left to decide', async () => {
      const turns = fc.array(actions, { minLength: 1, maxLength: TURNS });
      await fc.assert(
        fc.asyncProperty(trees, turns, (tree, work) =>
          inSandbox(tree, async (sandbox) => {
            for (const steps of work) {
              await performAll(sandbox.view, steps);
              await sandbox.collect();
              await approveAll(sandbox);
              assert.deepEqual(await readTree(sandbox.root), await readTree(sandbox.view));
              assert.deepEqual((await sandbox.collect()).changes, []);
              assert.deepEqual(sandbox.review.list(), []);
            }
          }),
        ),
        RUNS,
      );
    });

    it('approved in part after each turn, and all of it in the end, is the workspace', async () => {
      const turns = fc.array(actions, { minLength: 1, maxLength: TURNS });
      await fc.assert(
        fc.asyncProperty(trees, turns, fc.infiniteStream(fc.nat()), (tree, work, picks) =>
          inSandbox(tree, async (sandbox) => {
            for (const steps of work) {
              await performAll(sandbox.view, steps);
              await sandbox.collect();
              await approveSome(sandbox, picks);
            }
            await approveRest(sandbox, picks);
          }),
        ),
        RUNS,
      );
    });

    it('approved one change after the other, in any order, is the workspace', async () => {
      await fc.assert(
        fc.asyncProperty(trees, actions, fc.infiniteStream(fc.nat()), (tree, steps, picks) =>
          inSandbox(tree, async (sandbox) => {
            await performAll(sandbox.view, steps);
            await approveRest(sandbox, picks);
          }),
        ),
        RUNS,
      );
    });

    it('undone is the workspace as it was, and offered again, it is approved again', async () => {
      await fc.assert(
        fc.asyncProperty(trees, actions, (tree, steps) =>
          inSandbox(tree, async (sandbox) => {
            const before = await readAll(sandbox.root);
            await performAll(sandbox.view, steps);
            await sandbox.collect();
            const applied = await approveAll(sandbox);
            if (applied.length === 0) return;
            const undone = await sandbox.review.applier.undo();
            assert.ok(undone.kind === 'undone', undone.kind);
            const paths = undone.outcomes.map(({ path }) => path);
            assert.deepEqual([...paths].sort(), [...applied].sort());
            assert.ok(undone.outcomes.every(({ kind }) => kind === 'applied'));
            assert.deepEqual(await readAll(sandbox.root), before);
            await sandbox.review.reopen(paths);
            const offered = shownKeys(sandbox.review.list());
            await sandbox.collect();
            assert.deepEqual(shownKeys(sandbox.review.list()), offered);
            assert.deepEqual((await approveAll(sandbox)).toSorted(), applied.toSorted());
            assert.deepEqual(await readTree(sandbox.root), await readTree(sandbox.view));
          }),
        ),
        RUNS,
      );
    });

    it('rejected changes nothing', async () => {
      await fc.assert(
        fc.asyncProperty(trees, actions, (tree, steps) =>
          inSandbox(tree, async (sandbox) => {
            const before = await readAll(sandbox.root);
            await performAll(sandbox.view, steps);
            await sandbox.collect();
            await sandbox.review.rejectAll();
            assert.deepEqual(await readAll(sandbox.root), before);
            await sandbox.collect();
            assert.ok(sandbox.review.list().every(({ decision }) => decision === 'rejected'));
            assert.deepEqual(await approveAll(sandbox), []);
            assert.deepEqual(await readAll(sandbox.root), before);
          }),
        ),
        RUNS,
      );
    });
  });

  async function inSandbox(tree: Tree, work: (sandbox: Sandbox) => Promise<void>): Promise<void> {
    const sandbox = strategy === 'overlay' ? await Sandbox.overlay(tree) : await Sandbox.copy(tree);
    try {
      await work(sandbox);
    } finally {
      await sandbox.remove();
    }
  }
}

/** The paths of what was applied, which is all of it. */
async function approveAll({ review }: Sandbox): Promise<readonly string[]> {
  const outcomes = await approveEverything(review);
  assert.deepEqual(
    outcomes.filter(({ kind }) => kind !== 'applied'),
    [],
  );
  return outcomes.map(({ path }) => path);
}

async function approveSome({ review }: Sandbox, picks: Iterator<number>): Promise<void> {
  for (const [path, key] of shownKeys(review.list()))
    if (picks.next().value % 2 === 0) await review.approve(path, key);
}

/** Approves what is left, one after the other: then the workspace is what the sandbox has, and nothing is proposed. */
async function approveRest(sandbox: Sandbox, picks: Iterator<number>): Promise<void> {
  await sandbox.collect();
  await approveEach(sandbox, picks);
  assert.deepEqual(await readTree(sandbox.root), await readTree(sandbox.view));
  assert.deepEqual((await sandbox.collect()).changes, []);
}

/** Goes through what is left until nothing is: one change may have to wait for another, but never all of them. */
async function approveEach({ review }: Sandbox, picks: Iterator<number>): Promise<void> {
  for (;;) {
    const open = review.list().filter(({ decision }) => decision === 'pending' || decision === 'conflict');
    if (open.length === 0) return;
    const order = open.map(({ change }) => ({ change, rank: picks.next().value }));
    order.sort((a, b) => a.rank - b.rank);
    let applied = 0;
    for (const { change } of order) {
      const { kind } = await review.approve(change.path, changeKey(change));
      if (kind === 'applied') applied += 1;
      else assert.equal(kind, 'conflict');
    }
    assert.ok(applied > 0, JSON.stringify(open));
  }
}
