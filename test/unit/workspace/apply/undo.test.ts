import assert from 'node:assert/strict';
import { chmod, link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import { type Entry, makePlan, mixedTrees, readAll, type Tree } from './plan-fixture.js';

const NAMES = ['a', 'b', 'c/a', 'c/b', 'c/d/a', 'd', 'd/a', 'e/f/g'];

/** A file, a link or an empty folder for each chosen name, unless a name above it is a file too. */
const entry: fc.Arbitrary<Entry> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      text: fc.constantFrom('', 'one\n', 'two', 'three\r\n'),
      mode: fc.constantFrom(0o644, 0o600, 0o755, 0o444),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom('a', 'b').map((link) => ({ link })) },
  { weight: 2, arbitrary: fc.constant('folder' as const) },
);
const tree: fc.Arbitrary<Tree> = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), entry), { maxLength: 8 })
  .map((pairs) => {
    const all = new Map(pairs);
    return Object.fromEntries(
      [...all].filter(([path]) => ![...all.keys()].some((other) => path.startsWith(`${other}/`))),
    );
  });

describe('undo of an apply', () => {
  it('gives back bytes, modes, links, absences and folders, of any tree made into any other', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(tree, tree, async (before, after) => {
        const plan = await makePlan(before, after);
        const { root, stateDir } = await plan.reset();
        const applier = new Applier(stateDir, root);
        const outcomes = await applier.apply('test', plan.items, (sha) => plan.blobs.get(sha));
        assert.ok(
          outcomes.every(({ kind }) => kind === 'applied'),
          JSON.stringify(outcomes),
        );
        assert.deepEqual(contentOf(await readAll(root)), contentOf(plan.new));
        if (plan.items.length > 0) assert.equal((await applier.undo()).kind, 'undone');
        assert.deepEqual(await readAll(root), plan.old);
        assert.equal((await applier.undo()).kind, 'none');
        await plan.remove();
      }),
      { numRuns: 120 },
    );
  });

  it('takes back one apply after the other, the last one first', async () => {
    const { root, stateDir, plan } = await applied({ f: { text: '1' } }, { f: { text: '2' } });
    const next = await makePlan({ f: { text: '2' } }, { f: { text: '3' }, g: { text: 'new' } });
    const applier = new Applier(stateDir, root);
    await applier.apply('later', next.items, (sha) => next.blobs.get(sha));
    assert.deepEqual(
      (await applier.applied()).map(({ sessionId, paths }) => [sessionId, paths]),
      [
        ['later', ['f', 'g']],
        ['test', ['f']],
      ],
    );
    assert.equal((await applier.undo()).kind, 'undone');
    assert.equal(await readFile(join(root, 'f'), 'utf8'), '2');
    assert.equal((await applier.undo()).kind, 'undone');
    assert.deepEqual(await readAll(root), plan.old);
    await Promise.all([plan.remove(), next.remove()]);
  });

  it('writes nothing where the user has edited since, and then only the others, when asked to', async () => {
    const { root, stateDir, plan } = await applied(
      { f: { text: 'old f' }, g: { text: 'old g' } },
      { f: { text: 'new f' }, g: { text: 'new g' } },
    );
    await writeFile(join(root, 'f'), 'mine');
    const applier = new Applier(stateDir, root);
    const refused = await applier.undo();
    assert.deepEqual(refused, { kind: 'edited', paths: ['f'], others: 1 });
    assert.equal(await readFile(join(root, 'g'), 'utf8'), 'new g');
    assert.equal((await applier.undo(undefined, { skipEdited: true })).kind, 'undone');
    assert.deepEqual(
      [await readFile(join(root, 'f'), 'utf8'), await readFile(join(root, 'g'), 'utf8')],
      ['mine', 'old g'],
    );
    await plan.remove();
  });

  it('keeps what the user put into a folder that the apply made', async () => {
    const { root, stateDir, plan } = await applied({}, { 'made/by/agent': { text: 'x' } });
    await writeFile(join(root, 'made/mine'), 'mine');
    assert.equal((await new Applier(stateDir, root).undo()).kind, 'undone');
    assert.deepEqual(await readAll(root), { 'made/': '755', 'made/mine': '644 mine' });
    await plan.remove();
  });

  it('forgets the oldest of more than twenty', async () => {
    const plan = await makePlan({ f: { text: '0' } }, { f: { text: '0' } });
    const { root, stateDir } = await plan.reset();
    const applier = new Applier(stateDir, root);
    for (let round = 0; round < 22; round += 1) {
      const step = await makePlan({ f: { text: `${round}` } }, { f: { text: `${round + 1}` } });
      await applier.apply('test', step.items, (sha) => step.blobs.get(sha));
      await step.remove();
    }
    assert.equal((await applier.applied()).length, 20);
    await plan.remove();
  });
});

describe('what an apply does to folders and links', () => {
  it('removes folders that the sandbox has no more, and keeps those with files of the user’s own', async () => {
    const { before, after } = mixedTrees(0);
    const plan = await makePlan(before, after);
    const { root, stateDir } = await plan.reset();
    await mkdir(join(root, 'gone/mine'));
    await writeFile(join(root, 'gone/mine/f'), 'mine');
    await new Applier(stateDir, root).apply('test', plan.items, (sha) => plan.blobs.get(sha));
    const tree = await readAll(root);
    assert.equal(tree['gone/mine/f'], '644 mine');
    assert.equal(tree['gone/with/'], undefined);
    await plan.remove();
  });

  it('removes a folder with the last of what was in it, not before', async () => {
    const before = { 'd/a': { text: 'a' }, 'd/e/b': { text: 'b' }, 'd/e/f': 'folder' } as const;
    const plan = await makePlan(before, {});
    const { root, stateDir } = await plan.reset();
    const applier = new Applier(stateDir, root);
    const left = [['d/', 'd/e/', 'd/e/b', 'd/e/f/'], ['d/', 'd/e/', 'd/e/f/'], []];
    for (const [index, item] of plan.items.entries()) {
      assert.equal(item.emptied, 'd');
      const [outcome] = await applier.apply('test', [item], (sha) => plan.blobs.get(sha));
      assert.equal(outcome?.kind, 'applied');
      assert.deepEqual(Object.keys(await readAll(root)).sort(), left[index]);
    }
    for (const paths of [['d/e/f'], ['d/e/b'], ['d/a']]) {
      assert.deepEqual((await applier.applied())[0]?.paths, paths);
      assert.equal((await applier.undo()).kind, 'undone');
    }
    assert.deepEqual(await readAll(root), plan.old);
    await plan.remove();
  });

  it('gives a removed folder back with its mode', async () => {
    const plan = await makePlan({ 'd/e': 'folder' }, {});
    const { root, stateDir } = await plan.reset();
    await chmod(join(root, 'd/e'), 0o750);
    await chmod(join(root, 'd'), 0o711);
    const old = await readAll(root);
    const applier = new Applier(stateDir, root);
    await applier.apply('test', plan.items, (sha) => plan.blobs.get(sha));
    assert.deepEqual(await readAll(root), {});
    assert.equal((await applier.undo()).kind, 'undone');
    assert.deepEqual(await readAll(root), old);
    await plan.remove();
  });

  it('does not take back a folder that the user put something into, or made something else of', async () => {
    const plan = await makePlan(
      { 'old/a': 'folder', 'old/b': { text: 'b' } },
      { 'old/b': { text: 'b' }, new: 'folder', f: { text: 'f' } },
    );
    const { root, stateDir } = await plan.reset();
    const applier = new Applier(stateDir, root);
    await applier.apply('test', plan.items, (sha) => plan.blobs.get(sha));
    await writeFile(join(root, 'new/mine'), 'mine');
    await writeFile(join(root, 'old/a'), 'mine');
    const refused = await applier.undo();
    assert.ok(refused.kind === 'edited');
    assert.deepEqual([...refused.paths].sort(), ['new', 'old/a']);
    assert.equal((await applier.undo(undefined, { skipEdited: true })).kind, 'undone');
    assert.deepEqual(await readAll(root), {
      'new/': '755',
      'new/mine': '644 mine',
      'old/': '755',
      'old/a': '644 mine',
      'old/b': '644 b',
    });
    await plan.remove();
  });

  it('breaks a hard link instead of writing through it', async () => {
    const plan = await makePlan({ f: { text: 'shared' } }, { f: { text: 'changed' } });
    const { root, stateDir } = await plan.reset();
    const other = join(plan.base, 'other');
    await link(join(root, 'f'), other);
    await new Applier(stateDir, root).apply('test', plan.items, (sha) => plan.blobs.get(sha));
    assert.equal(await readFile(other, 'utf8'), 'shared');
    await plan.remove();
  });

  it('applies all or nothing when one file cannot be written', async () => {
    const plan = await makePlan({}, { a: { text: 'a' }, b: { text: 'b' } });
    const { root, stateDir } = await plan.reset();
    const outcomes = await new Applier(stateDir, root).apply('test', plan.items, (sha) =>
      sha === (plan.items[1]?.after.kind === 'file' ? plan.items[1].after.sha256 : '')
        ? Promise.reject(new Error('the bytes are gone'))
        : plan.blobs.get(sha),
    );
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ['failed', 'failed'],
    );
    assert.deepEqual(await readAll(root), {});
    await plan.remove();
  });
});

async function applied(before: Tree, after: Tree) {
  const plan = await makePlan(before, after);
  const { root, stateDir } = await plan.reset();
  await new Applier(stateDir, root).apply('test', plan.items, (sha) => plan.blobs.get(sha));
  return { plan, root, stateDir };
}

/** Of the mode only whether a file can be executed is the agent's to say. */
function contentOf(all: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).map(([path, value]) => [
      path,
      path.endsWith('/')
        ? ''
        : value.replace(/^(\d+) /, (_, mode: string) => (Number.parseInt(mode, 8) & 0o111 ? 'x ' : '- ')),
    ]),
  );
}
