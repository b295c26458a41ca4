import * as assert from 'node:assert/strict';
import { diffTitle } from '../../../src/ui/review/diff-title.js';
import { indexReview } from '../../../src/ui/review-index.js';
import { rowDescription, rowLabel, rowLetter, rowTooltip } from '../../../src/ui/row-text.js';
import { listRows, neighbourRow } from '../../../src/ui/rows.js';
import { untranslated } from '../../../src/ui/translate.js';
import { buildTree } from '../../../src/ui/tree-model.js';
import { type MadeReview, makeReview } from './make-review.js';
import { outline } from './outline.js';

describe('rows of a review', () => {
  let made: MadeReview;

  before(async () => {
    made = await makeReview({
      'README.md': { before: 'a\n', after: 'a\nb\n' },
      'src/new\u202ename.ts': { after: 'x\n' },
      'src/deep/er/one.ts': { before: '1\n', after: '2\n' },
      'src/old.ts': { before: 'same\n', renamedFrom: 'src/renamed.ts' },
      'src/renamed.ts': { after: 'same\n', renamedFrom: 'src/old.ts' },
      'bin/run': { before: 'x\n', after: 'x\n', afterMode: 0o755 },
    });
  });
  after(() => made.remove());

  it('puts what is protected first, folders before files, and joins both halves of a rename', () => {
    assert.deepEqual(
      listRows(made.review).map((row) => row.path),
      ['src/new\u202ename.ts', 'bin/run', 'src/deep/er/one.ts', 'src/renamed.ts', 'README.md'],
    );
  });

  it('finds a rename by either name', () => {
    const { byPath } = indexReview(made.review);
    assert.equal(byPath.get('src/old.ts')?.path, 'src/renamed.ts');
    assert.equal(byPath.get('src/renamed.ts')?.path, 'src/renamed.ts');
    assert.equal(byPath.get('elsewhere'), undefined);
  });

  it('goes round from the last to the first', () => {
    const rows = listRows(made.review);
    const last = rows.at(-1);
    assert.equal(neighbourRow(rows, last, 1), rows[0]);
    assert.equal(neighbourRow(rows, rows[0], -1), last);
    assert.equal(neighbourRow(rows, undefined, 1), rows[0]);
    assert.equal(neighbourRow([], undefined, 1), undefined);
  });

  it('describes each kind of change and shows hidden characters', () => {
    const texts = listRows(made.review).map((row) => [
      rowLetter(row),
      rowLabel(row),
      rowDescription(row, untranslated),
    ]);
    assert.deepEqual(texts, [
      ['A', 'new\\u{202e}name.ts', '+1 −0 · protected'],
      ['X', 'run', '644 → 755 · protected'],
      ['M', 'one.ts', '+1 −1'],
      ['R', 'old.ts → renamed.ts', 'renamed'],
      ['M', 'README.md', '+2 −1'],
    ]);
  });

  it('names what is proposed in the title and both names in the tooltip', () => {
    const renamed = listRows(made.review)[3];
    assert.ok(renamed);
    assert.equal(diffTitle(renamed, untranslated), 'src/old.ts → src/renamed.ts (rename proposed by agent)');
    assert.match(rowTooltip(renamed, untranslated), /^src\/old\.ts → src\/renamed\.ts\nRenamed/);
  });

  it('builds folders and joins one that only holds another', () => {
    assert.deepEqual(outline(buildTree(listRows(made.review))), [
      '<protected>/',
      ' new\\u{202e}name.ts',
      ' run',
      'src/',
      ' deep/er/',
      '  one.ts',
      ' old.ts → renamed.ts',
      'README.md',
    ]);
  });

  it('leaves out what is decided and counts a half-decided rename by its rest', async () => {
    await made.review.reject('README.md');
    await made.review.reject('src/renamed.ts');
    assert.deepEqual(
      listRows(made.review).map((row) => [row.path, row.old?.change.path]),
      [
        ['src/new\u202ename.ts', undefined],
        ['bin/run', undefined],
        ['src/deep/er/one.ts', undefined],
        ['src/old.ts', undefined],
      ],
    );
  });
});
