import assert from 'node:assert/strict';
import { readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import type { Recovery } from '../../../../src/workspace/apply/recover.js';
import { recoverAll } from '../../../../src/workspace/apply/recover-all.js';
import { Injection } from './inject-errors.js';
import { makePlan, type PlanFixture, readAll } from './plan-fixture.js';

describe('recovery of an apply that was cut short', () => {
  let plan: PlanFixture;
  let root: string;
  let stateDir: string;

  beforeEach(async () => {
    plan = await makePlan(
      { a: { text: 'old a' }, b: { text: 'old b' } },
      { a: { text: 'new a' }, b: { text: 'new b' } },
    );
    ({ root, stateDir } = await plan.reset());
  });
  afterEach(() => plan.remove());

  /**
   * Everything fails from the second file on, the way back too, as if the process had died there. Either of the two may
   * be the one that is written first.
   */
  async function dieBetween(): Promise<{ journal: string; written: string; waiting: string }> {
    let renames = 0;
    const injection = Injection.failWhen((call) => {
      if (call === 'rename') renames += 1;
      return renames === 4;
    }, 'EIO');
    const outcomes = await new Applier(stateDir, root).apply('test', plan.items, (sha) =>
      plan.blobs.get(sha),
    );
    injection.end();
    const [first] = outcomes;
    assert.ok(first?.kind === 'failed');
    assert.match(first.error.message, /Some files are new and some are old/);
    const tree = await readAll(root);
    const [written, waiting] = tree.a === '644 new a' ? ['a', 'b'] : ['b', 'a'];
    assert.deepEqual([tree[written], tree[waiting]], [`644 new ${written}`, `644 old ${waiting}`]);
    const [workspace = ''] = await readdir(join(stateDir, 'applies'));
    const dir = join(stateDir, 'applies', workspace);
    const [id = ''] = (await readdir(dir)).filter((name) => /^\d{13}/.test(name));
    return { journal: join(dir, id, 'journal.json'), written, waiting };
  }

  it('is done for every workspace, and told of', async () => {
    await dieBetween();
    const { recoveries, failures } = await recoverAll(stateDir);
    assert.deepEqual(failures, []);
    assert.deepEqual(
      recoveries.map(({ kind }) => kind),
      ['finished'],
    );
    assert.deepEqual(await readAll(root), plan.new);
    assert.deepEqual((await recoverAll(stateDir)).recoveries, []);
  });

  it('goes back when what it needs to go on is gone', async () => {
    const { waiting } = await dieBetween();
    for (const name of await readdir(root))
      if (name.startsWith(`.${waiting}.`) && (await readFile(join(root, name), 'utf8')) === `new ${waiting}`)
        await unlink(join(root, name));
    const { recoveries } = await recoverAll(stateDir);
    assert.deepEqual(
      recoveries.map(({ kind }) => kind),
      ['rolled-back'],
    );
    assert.deepEqual(await readAll(root), plan.old);
  });

  it('makes the replaced bytes again when somebody removed the backup', async () => {
    await dieBetween();
    for (const name of await readdir(root)) if (name.startsWith('.')) await unlink(join(root, name));
    const { recoveries } = await recoverAll(stateDir);
    assert.deepEqual(
      recoveries.map(({ kind }) => kind),
      ['rolled-back'],
    );
    assert.deepEqual(await readAll(root), plan.old);
  });

  it('leaves alone what the user edited meanwhile, and says which', async () => {
    const { written, waiting } = await dieBetween();
    await writeFile(join(root, waiting), 'mine');
    const { recoveries } = await recoverAll(stateDir);
    const [recovery] = recoveries;
    assert.ok(recovery?.kind === 'finished');
    assert.deepEqual(recovery.left, [waiting]);
    assert.deepEqual(await readAll(root), { [written]: `644 new ${written}`, [waiting]: '644 mine' });
  });

  for (const [what, damage] of [
    ['cut', (text: string) => text.slice(0, -20)],
    ['changed', (text: string) => text.replace('new', 'now').replace('"commit"', '"prepare"')],
    ['empty', () => ''],
  ] as const) {
    it(`stops at a journal that is ${what}, and keeps both versions`, async () => {
      const { journal } = await dieBetween();
      await writeFile(journal, damage(await readFile(journal, 'utf8')));
      const tree = await readAll(root);
      const found: Recovery[] = [];
      const applier = new Applier(stateDir, root, (recovery) => found.push(recovery));
      await applier.recover();
      assert.deepEqual(
        found.map(({ kind }) => kind),
        ['damaged'],
      );
      assert.deepEqual(await readAll(root), tree);
      const texts = Object.values(tree).map((value) => value.slice(4));
      for (const text of ['old a', 'new a', 'old b', 'new b']) assert.ok(texts.includes(text), text);
      // Told of once; the next approvals go on.
      const outcomes = await applier.apply('test', plan.items, (sha) => plan.blobs.get(sha));
      assert.deepEqual(
        outcomes.map(({ kind }) => kind),
        ['applied', 'applied'],
      );
      assert.equal(found.length, 1);
    });
  }
});

describe('a journal of an apply that is done', () => {
  it('is found damaged before something else is undone', async () => {
    const plan = await makePlan({ f: { text: '1' } }, { f: { text: '2' } });
    const { root, stateDir } = await plan.reset();
    const found: Recovery[] = [];
    const applier = new Applier(stateDir, root, (recovery) => found.push(recovery));
    await applier.apply('test', plan.items, (sha) => plan.blobs.get(sha));
    const [workspace = ''] = await readdir(join(stateDir, 'applies'));
    const dir = join(stateDir, 'applies', workspace);
    const [id = ''] = await readdir(dir);
    const journal = join(dir, id, 'journal.json');
    await writeFile(journal, (await readFile(journal, 'utf8')).replace('"f"', '"g"'));
    assert.equal((await applier.undo()).kind, 'none');
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ['damaged'],
    );
    assert.deepEqual(await readAll(root), plan.new);
    await plan.remove();
  });
});
