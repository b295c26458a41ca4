import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { NodePool } from '../../../src/ui/node-pool.js';
import { chooseParts, rowsOf } from '../../../src/ui/node-rows.js';
import {
  folderDescription,
  marksText,
  rowNodeDescription,
  summaryTooltip,
} from '../../../src/ui/node-text.js';
import { listRows, rowKey } from '../../../src/ui/rows.js';
import { emptySummary } from '../../../src/ui/summary.js';
import { untranslated as t } from '../../../src/ui/translate.js';
import { buildSession, buildTree, type ChangesNode } from '../../../src/ui/tree-model.js';
import { changeKey } from '../../../src/workspace/changes.js';
import { type MadeReview, makeReview } from './make-review.js';
import { outline } from './outline.js';

const files = {
  'README.md': { before: 'a\n', after: 'a\nb\n' },
  'src/one.ts': { before: '1\n', after: '2\n' },
  'src/two.ts': { after: '1\n2\n3\n' },
  'src/mine.ts': { before: '1\n', after: '2\n', isHostEdited: true },
  'src/deep/.airlock/policy.jsonc': { after: '{}\n' },
  '.airlock/policy.jsonc': { after: '{}\n', isHostEdited: true },
};

describe('the tree of changes', () => {
  let made: MadeReview;
  beforeEach(async () => {
    made = await makeReview(files);
  });
  afterEach(() => made.remove());

  const tree = () => buildTree(listRows(made.review));
  const find = (nodes: readonly ChangesNode[], id: string): ChangesNode => {
    const found = allNodes(nodes).find((node) => node.id.endsWith(id));
    assert.ok(found, id);
    return found;
  };
  const mark = async (path: string) => {
    const change = made.review.get(path)?.change;
    assert.ok(change);
    assert.ok(await made.review.mark(path, changeKey(change), { kind: 'all' }));
  };

  it('shows protected changes first, then conflicts, then the folders', () => {
    assert.deepEqual(outline(tree()), [
      '<protected>/',
      ' policy.jsonc',
      ' policy.jsonc',
      '<conflicts>/',
      ' mine.ts',
      'src/',
      ' one.ts',
      ' two.ts',
      'README.md',
    ]);
  });

  it('names the folder of what is in a list, and what its heading does not say', () => {
    const texts = allNodes(tree()).flatMap((node) =>
      node.kind === 'row' ? [rowNodeDescription(node, undefined, t)] : [],
    );
    assert.deepEqual(texts.slice(0, 4), [
      'conflict · .airlock',
      '+1 −0 · src/deep/.airlock',
      '+1 −1 · src',
      '+1 −1',
    ]);
  });

  it('sums up a folder', () => {
    const folder = find(tree(), '/src/');
    assert.ok(folder.kind === 'folder');
    assert.equal(folderDescription(folder, t), '+4 −1');
    assert.equal(summaryTooltip('src', folder.summary, t), 'src\n2 files, +4 −1');
  });

  it('says how many are marked, until all are', async () => {
    await mark('src/one.ts');
    const half = find(tree(), '/src/');
    assert.ok(half.kind === 'folder');
    assert.equal(folderDescription(half, t), '1 of 2 marked · +4 −1');
    await mark('src/two.ts');
    const whole = find(tree(), '/src/');
    assert.ok(whole.kind === 'folder');
    assert.equal(folderDescription(whole, t), '+4 −1');
    assert.equal(marksText(whole.summary, t), '2 of 2 marked');
    assert.equal(marksText({ ...emptySummary, markable: 3, partly: 1 }, t), '0 of 3 marked, 1 in part');
  });

  it('counts what lies below two chosen nodes once', () => {
    const nodes = tree();
    const chosen = [find(nodes, '/src/'), find(nodes, '/src/one.ts'), find(nodes, 'README.md')];
    assert.deepEqual(
      chooseParts(chosen).rows.map(({ path }) => path),
      ['src/one.ts', 'src/two.ts', 'README.md'],
    );
  });

  it('leaves a hunk out when its file is chosen too', () => {
    const row = find(tree(), '/src/one.ts');
    assert.ok(row.kind === 'row');
    const hunk = { key: 'k', line: 0, range: '1', added: 1, removed: 1, excerpt: '2' };
    const node = { kind: 'hunk', id: 'h', row: row.row, hunk } as const;
    assert.equal(chooseParts([node]).hunks.length, 1);
    assert.equal(chooseParts([node, row]).hunks.length, 0);
  });

  it('keeps the node of a thing and tells only what to draw again', async () => {
    const pool = new NodePool();
    assert.deepEqual(pool.update(tree()), { kind: 'all' });
    const before = new Map(allNodes(pool.roots).map((node) => [node.id, node]));
    assert.deepEqual(pool.update(tree()), { kind: 'nodes', nodes: [] });
    await mark('README.md');
    const outdated = pool.update(tree());
    assert.ok(outdated.kind === 'nodes');
    assert.deepEqual(
      outdated.nodes.map(({ id }) => id),
      [`${made.review.sessionId}/README.md`],
    );
    const [readme] = outdated.nodes;
    assert.ok(readme?.kind === 'row');
    assert.equal(readme.row.reviewed.mark.kind, 'all');
    await mark('src/one.ts');
    const folders = pool.update(tree());
    assert.ok(folders.kind === 'nodes');
    assert.deepEqual(
      folders.nodes.map(({ id }) => id),
      [`${made.review.sessionId}/src/`],
    );
    for (const node of allNodes(pool.roots)) assert.equal(node, before.get(node.id));
    await made.review.reject('README.md');
    assert.deepEqual(pool.update(tree()), { kind: 'all' });
  });

  it('holds the key of what was shown until it is drawn again', async () => {
    const pool = new NodePool();
    pool.update(tree());
    const node = find(pool.roots, 'README.md');
    assert.ok(node.kind === 'row');
    const shown = rowKey(node.row);
    await made.review.edit('README.md', Buffer.from('mine\n'));
    assert.equal(rowKey(node.row), shown);
    pool.update(tree());
    assert.notEqual(rowKey(node.row), shown);
  });
});

describe('the tree of any review', () => {
  const part = fc.constantFrom('a', 'b', '.airlock', 'é', 'c d');
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('/')}/f`);
  const names = fc.uniqueArray(path, { maxLength: 12 });
  const flags = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });

  it('has each row once, each node an id of its own, and counts that add up', async () => {
    await fc.assert(
      fc.asyncProperty(names, flags, async (paths, edited) => {
        const proposed = paths.map((name, index) => [
          name,
          { before: '1\n', after: '2\n3\n', isHostEdited: edited[index] ?? false },
        ]);
        const made = await makeReview(Object.fromEntries(proposed));
        try {
          const rows = listRows(made.review);
          const session = buildSession(made.review, rows);
          assert.deepEqual(rowsOf(session), rows);
          assert.deepEqual(rows.map((row) => row.path).sort(), [...paths].sort());
          const ids = allNodes([session]).map(({ id }) => id);
          assert.equal(new Set(ids).size, ids.length);
          const { summary } = session;
          assert.deepEqual(
            [summary.files, summary.added, summary.removed],
            [rows.length, 2 * rows.length, rows.length],
          );
        } finally {
          await made.remove();
        }
      }),
      { numRuns: 30 },
    );
  });
});

function allNodes(nodes: readonly ChangesNode[]): readonly ChangesNode[] {
  return nodes.flatMap((node) => ('children' in node ? [node, ...allNodes(node.children)] : [node]));
}
