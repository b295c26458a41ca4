import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { HunkLoader } from '../../../src/ui/hunk-loader.js';
import { HunkPeek } from '../../../src/ui/hunk-peek.js';
import { hunkDescription, hunkLabel, toHunkView } from '../../../src/ui/hunk-view.js';
import { spokenText } from '../../../src/ui/node-text.js';
import { describeOutcomes } from '../../../src/ui/outcome-text.js';
import { listRows, type Row, rowKey } from '../../../src/ui/rows.js';
import { untranslated as t } from '../../../src/ui/translate.js';
import { computeHunks } from '../../../src/workspace/hunks/hunks.js';
import { type MadeReview, makeReview } from './make-review.js';

const numbered = (count: number, changed: Readonly<Record<number, string>> = {}) =>
  `${Array.from({ length: count }, (_, line) => changed[line + 1] ?? `line ${line + 1}`).join('\n')}\n`;

describe('a hunk in the tree', () => {
  const labels = (before: string, after: string) =>
    computeHunks(before, after).map((hunk) => {
      const view = toHunkView(hunk);
      return [hunkLabel(view), hunkDescription(view, false, t)];
    });

  it('is named by its lines of the proposal and what comes first in it', () => {
    assert.deepEqual(labels(numbered(9), numbered(9, { 2: '  two', 3: 'three', 7: '' })), [
      ['@@ 2–3  two', '+2 −2'],
      ['@@ 7', '+1 −1'],
    ]);
  });

  it('is named by where lines are missing, and by the first of these', () => {
    assert.deepEqual(labels('a\nb\nc\n', 'a\nc\n'), [['@@ 2  b', '+0 −1']]);
    assert.deepEqual(labels('a\nb\n', ''), [['@@ 1  a', '+0 −2']]);
  });

  it('shows hidden characters, and no more than fits', () => {
    assert.deepEqual(labels('', 'x\u202e\ty\n'), [['@@ 1  x\\u{202e}\\u{9}y', '+1 −0']]);
    const [long] = labels('', `${'x'.repeat(5000)}\n`);
    assert.ok((long?.[0]?.length ?? Number.NaN) < 120);
  });

  it('says when it came after the first decision', () => {
    const [hunk] = computeHunks('', 'a\n');
    assert.ok(hunk);
    assert.equal(hunkDescription(toHunkView(hunk), true, t), '+1 −0 · new since you decided');
  });
});

describe('the hunks of a row', () => {
  let made: MadeReview;
  let reads: string[];
  before(async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [index * 2 + 1, `new ${index}`]),
    );
    made = await makeReview({
      'two.txt': { before: numbered(9), after: numbered(9, { 2: 'x', 7: 'y' }) },
      'one.txt': { before: numbered(9), after: numbered(9, { 2: 'x', 3: 'y' }) },
      'many.txt': { before: numbered(600), after: numbered(600, many) },
      'new.txt': { after: numbered(9) },
      'gone.txt': { before: numbered(9) },
      'blob.bin': { before: numbered(9), after: numbered(9, { 2: 'x', 7: 'y' }), isBinary: true },
    });
    const hunks = made.review.hunks.bind(made.review);
    made.review.hunks = (path) => {
      reads.push(path);
      return hunks(path);
    };
  });
  beforeEach(() => {
    reads = [];
  });
  after(() => made.remove());

  const row = (path: string): Row => {
    const found = listRows(made.review).find((one) => one.path === path);
    assert.ok(found);
    return found;
  };

  it('may be there where both sides are text, and nothing is read to say so', () => {
    const loader = new HunkLoader();
    const splits = listRows(made.review).filter((one) => loader.maySplit(one));
    assert.deepEqual(
      splits.map(({ path }) => path),
      ['many.txt', 'one.txt', 'two.txt'],
    );
    assert.deepEqual(reads, []);
  });

  it('are read once for a proposal, and anew for another one', async () => {
    const loader = new HunkLoader();
    assert.equal((await loader.load(row('two.txt'))).count, 2);
    await loader.load(row('two.txt'));
    assert.deepEqual(reads, ['two.txt']);
    const [first] = await made.review.hunks('two.txt');
    const before = row('two.txt');
    assert.ok(await made.review.rejectHunk('two.txt', rowKey(before), first?.key ?? ''));
    assert.equal(loader.count(row('two.txt')), undefined);
    assert.equal((await loader.load(row('two.txt'))).count, 1);
    assert.ok(!loader.maySplit(row('two.txt')));
  });

  it('are not there when there is only one', async () => {
    const loader = new HunkLoader();
    await loader.load(row('one.txt'));
    assert.equal(loader.count(row('one.txt')), 1);
    assert.ok(!loader.maySplit(row('one.txt')));
  });

  it('are looked for in what was drawn, once, to tell which rows cannot be opened', async () => {
    const loader = new HunkLoader();
    const peek = new HunkPeek(loader);
    const whole: string[] = [];
    const draw = () => {
      for (const one of listRows(made.review))
        peek.add({ kind: 'row', id: one.path, row: one, isListed: false }, () => whole.push(one.path));
    };
    draw();
    draw();
    while (loader.count(row('two.txt')) === undefined) await sleep(5);
    assert.deepEqual(reads, ['many.txt', 'one.txt', 'two.txt']);
    assert.deepEqual(whole, ['one.txt', 'two.txt']);
    draw();
    assert.equal(reads.length, 3);
  });

  it('are no more than a tree can hold', async () => {
    const { shown, count } = await new HunkLoader().load(row('many.txt'));
    assert.deepEqual([shown.length, count], [200, 300]);
  });
});

describe('what became of several approvals', () => {
  const applied = (path: string) => ({ kind: 'applied', path }) as const;
  const refused = (path: string) => ({ kind: 'refused', path, reason: 'x' }) as const;

  it('is said in a few words when all went well', () => {
    assert.deepEqual(describeOutcomes([applied('a'), applied('b')], t), {
      isDone: true,
      text: 'Airlock: 2 changes applied',
    });
  });

  it('names what is left, and apart from it what was put together', () => {
    const { isDone, text } = describeOutcomes(
      [applied('a'), refused('b'), { kind: 'merged', path: 'm\u202e' }],
      t,
    );
    assert.ok(!isDone);
    assert.equal(
      text,
      '1 change applied. 1 put together with your edits of the same file; look again: m\\u{202e}. 1 left for you to decide: b.',
    );
  });

  it('names no more than five', () => {
    const many = Array.from({ length: 9 }, (_, index) => refused(`f${index}`));
    assert.match(describeOutcomes(many, t).text, /9 left for you to decide: f0, f1, f2, f3, f4, …\./);
  });
});

describe('what a screen reader says of a node', () => {
  it('has words for the counts and no line break', () => {
    assert.equal(spokenText('src\n2 files, +4 −1', t), 'src, 2 files, 4 lines added, 1 removed');
  });
});
