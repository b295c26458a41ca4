import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import { listRuns } from '../../../../src/workspace/apply/each-step.js';
import type { Step } from '../../../../src/workspace/apply/step.js';
import { type Entry, makePlan, readAll } from './plan-fixture.js';

const ABSENT = { kind: 'absent' } as const;
const PLACE = { dir: '', name: '.x' };

function toStep(text: string): Step {
  const [op, path = ''] = text.split(' ');
  switch (op) {
    case 'make-dir':
      return { op, path };
    case 'remove-dir':
      return { op, path, mode: 0o755, needed: true };
    case 'delete':
      return { op, path, before: ABSENT, backup: PLACE };
    case 'chmod':
      return { op, path, before: ABSENT, after: ABSENT, exact: false };
    default:
      return { op: 'write', path, before: ABSENT, after: ABSENT, exact: false, temp: PLACE };
  }
}

describe('steps that are done at the same time', () => {
  const cases: readonly (readonly [string, readonly string[], readonly number[]])[] = [
    ['none', [], []],
    ['files that are written, of whatever kind', ['write a', 'chmod b', 'write c'], [3]],
    ['deletions, after what is written', ['write a', 'write b', 'delete c', 'delete d'], [2, 2]],
    [
      'no folders',
      ['delete a', 'remove-dir b/c', 'remove-dir b', 'make-dir a', 'make-dir a/d', 'write a/d/e', 'write b'],
      [1, 1, 1, 1, 1, 2],
    ],
  ];
  for (const [name, steps, lengths] of cases)
    it(name, () => {
      const all = steps.map(toStep);
      const runs = listRuns(all);
      assert.deepEqual(runs.flat(), all);
      assert.deepEqual(
        runs.map((run) => run.length),
        lengths,
      );
    });
});

describe('an apply in more folders than are held open', () => {
  const before: Record<string, Entry> = {};
  const after: Record<string, Entry> = {};
  for (let index = 0; index < 240; index += 1) {
    const dir = `a-${index % 12}/b-${index % 120}/c`;
    before[`${dir}/edited-${index}`] = { text: `old ${index}` };
    after[`${dir}/edited-${index}`] = { text: `new ${index}` };
    if (index % 2 === 0) after[`made-${index % 12}/in-${index}/file`] = { text: `made ${index}` };
    else before[`gone-${index % 12}/in-${index}/file`] = { text: `gone ${index}` };
  }

  it('makes all of it, is undone, and leaves nothing open', async function () {
    this.timeout(60_000);
    const plan = await makePlan(before, after);
    const { root, stateDir } = await plan.reset();
    const open = await readdir('/proc/self/fd');
    const applier = new Applier(stateDir, root);
    const outcomes = await applier.apply('test', plan.items, (sha) => plan.blobs.get(sha));
    assert.deepEqual(
      outcomes.filter(({ kind }) => kind !== 'applied'),
      [],
    );
    assert.deepEqual(await readAll(root), plan.new);
    assert.equal((await applier.undo()).kind, 'undone');
    assert.deepEqual(await readAll(root), plan.old);
    assert.equal((await readdir('/proc/self/fd')).length, open.length);
    await plan.remove();
  });

  it('begins anew when the last file is another one by then', async function () {
    this.timeout(60_000);
    const plan = await makePlan(before, after);
    const { root, stateDir } = await plan.reset();
    const last = 'a-9/b-93/c/edited-93';
    let texts = 0;
    const outcomes = await new Applier(stateDir, root).apply('test', plan.items, async (sha) => {
      texts += 1;
      await writeFile(join(root, last), `mine ${texts}`);
      return plan.blobs.get(sha);
    });
    // Everything was taken back, and then done without the file that the user edited.
    assert.deepEqual(
      outcomes.filter(({ kind }) => kind !== 'applied').map(({ kind, path }) => [kind, path]),
      [['conflict', last]],
    );
    const tree = await readAll(root);
    assert.match(tree[last] ?? '', /^644 mine/);
    assert.deepEqual({ ...tree, [last]: plan.new[last] }, plan.new);
    await plan.remove();
  });
});

describe('a file that becomes what was approved while that is being written', () => {
  it('is taken as it is, and no name of ours stays', async () => {
    const plan = await makePlan(
      { a: { text: 'old a' }, b: { text: 'old b' } },
      { a: { text: 'new' }, b: { text: 'new' } },
    );
    const { root, stateDir } = await plan.reset();
    const outcomes = await new Applier(stateDir, root).apply('test', plan.items, async (sha) => {
      await writeFile(join(root, 'a'), 'new');
      return plan.blobs.get(sha);
    });
    assert.ok(outcomes.every(({ kind }) => kind === 'applied'));
    assert.deepEqual(await readAll(root), plan.new);
    await plan.remove();
  });
});
