import * as assert from 'node:assert/strict';
import { listProtected } from '../../../src/ui/protected-list.js';
import { listRows, rowGroup } from '../../../src/ui/rows.js';
import { untranslated as t } from '../../../src/ui/translate.js';
import { makeReview, type ProposedFile } from './make-review.js';

describe('the question about protected changes', () => {
  const list = async (files: Readonly<Record<string, ProposedFile>>) => {
    const made = await makeReview(files);
    await made.remove();
    const rows = listRows(made.review).filter((row) => rowGroup(row) === 'protected');
    return { rows, ...listProtected(rows, t) };
  };
  const numbers = Array.from({ length: 40 }, (_, index) => String(index).padStart(2, '0'));

  it('names each with its reasons', async () => {
    const { lines } = await list({
      '.airlock/policy.jsonc': { after: '{}\n' },
      '.airlock/\u202e.txt': { after: '\n' },
    });
    assert.equal(lines.length, 2);
    for (const line of lines) assert.match(line, /: .*decides what later agent sessions may do here/);
    assert.ok(lines.some((line) => line.includes('\\u{202e}')));
  });

  it('has one line for many of the same reason', async () => {
    const { rows, lines, listed } = await list(
      Object.fromEntries(numbers.map((name) => [`src/${name}`, { before: 'x\n' }])),
    );
    assert.equal(rows.length, 40);
    assert.deepEqual(listed, rows);
    assert.deepEqual(lines, [
      '• src/00, src/01, src/02 and 37 more: it is one of 40 deletions among 40 changes',
    ]);
  });

  it('is about no more than it says', async () => {
    const files: Record<string, ProposedFile> = {};
    for (const name of Array(400).keys()) files[`kept/${name}`] = { after: 'x\n' };
    // Twelve folders that are emptied, each of another size: as many reasons.
    for (const folder of Array(12).keys())
      for (const name of Array(10 + folder).keys()) files[`gone-${folder}/${name}`] = { before: 'x\n' };
    const { rows, lines, listed } = await list(files);
    assert.equal(rows.length, 186);
    assert.equal(lines.length, 10);
    const named = new Set(listed.map(({ path }) => path.split('/')[0]));
    assert.equal(named.size, 10);
    for (const folder of named) assert.ok(lines.some((line) => line.includes(`${folder}/`)));
  });
});
