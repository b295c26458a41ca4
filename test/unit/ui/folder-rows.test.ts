import * as assert from 'node:assert/strict';
import { diffTitle } from '../../../src/ui/review/diff-title.js';
import { rowDescription, rowLetter, rowTooltip } from '../../../src/ui/row-text.js';
import { listRows } from '../../../src/ui/rows.js';
import { untranslated } from '../../../src/ui/translate.js';
import type { Change, ChangeStatus, FileState } from '../../../src/workspace/changes.js';
import { makeReview } from './make-review.js';

const absent: FileState = { kind: 'absent' };
const folder: FileState = { kind: 'directory' };

describe('rows of folders', () => {
  it('say that they are folders, and what becomes of them', async () => {
    const { review, remove } = await makeReview({});
    const sha = await review.blobs.put(Buffer.from('c\n'));
    const file: FileState = { kind: 'file', sha256: sha, size: 2, mode: 0o644 };
    const change = (path: string, status: ChangeStatus, before: FileState, after: FileState): Change => ({
      ...{ path, status, before, after },
      ...{ binary: false, added: 0, removed: before === file ? 1 : 0 },
    });
    await review.update(
      [
        change('a', 'added', absent, folder),
        change('b', 'deleted', folder, absent),
        change('c', 'modified', file, folder),
      ],
      new Set(),
    );
    const rows = listRows(review);
    assert.deepEqual(
      rows.map((row) => [rowLetter(row), rowDescription(row, untranslated), diffTitle(row, untranslated)]),
      [
        ['A', 'folder', 'a (proposed by agent)'],
        ['D', 'folder', 'b (deletion proposed by agent)'],
        ['M', 'now a folder', 'c (proposed by agent)'],
      ],
    );
    assert.deepEqual(
      rows.map((row) => rowTooltip(row, untranslated)),
      ['a\nAdded, folder', 'b\nDeleted, folder', 'c\nModified, now a folder'],
    );
    await remove();
  });
});
