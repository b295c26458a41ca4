import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTree, Sandbox, summarise } from '../fixture.js';
import { approveEverything } from '../review/review-fixture.js';

describe('deriveChanges over a copy', () => {
  it('finds every kind of change, and applies it', async () => {
    const sandbox = await Sandbox.copy({
      same: 'same',
      edit: 'old',
      'd/gone': 'gone',
      run: 'x',
      file: 'becomes a folder',
      'folder/a': 'becomes a file',
      link: { link: 'same' },
      '.git/HEAD': 'ref',
    });
    try {
      const at = (path: string) => join(sandbox.view, path);
      await writeFile(at('edit'), 'new');
      await rm(at('d'), { recursive: true });
      await chmod(at('run'), 0o755);
      await rm(at('file'));
      await mkdir(at('file'));
      await writeFile(at('file/in'), 'it');
      await rm(at('folder'), { recursive: true });
      await writeFile(at('folder'), 'file');
      await rm(at('link'));
      await symlink('edit', at('link'));
      await rm(at('.git'), { recursive: true });
      await writeFile(at('same'), 'same');
      const { changes, hostEdited } = await sandbox.collect();
      assert.deepEqual(summarise(changes), [
        'deleted d/gone',
        'modified edit',
        'deleted file',
        'added file/in',
        'added folder',
        'deleted folder/a',
        'symlink link',
        'mode run',
      ]);
      assert.equal(hostEdited.size, 0);
      const outcomes = await approveEverything(sandbox.review);
      assert.deepEqual(
        outcomes.filter(({ kind }) => kind !== 'applied'),
        [],
      );
      const real = await readTree(sandbox.root);
      assert.equal(real['.git/HEAD'] !== undefined, true);
      delete real['.git/HEAD'];
      assert.deepEqual(real, await readTree(sandbox.view));
    } finally {
      await sandbox.remove();
    }
  });

  it('judges host edits by the baseline', async () => {
    const sandbox = await Sandbox.copy({ both: '0', mine: '0', theirs: '0', equal: '0', removed: '0' });
    try {
      for (const name of ['both', 'theirs', 'equal', 'removed'])
        await writeFile(join(sandbox.view, name), 'agent');
      for (const name of ['both', 'mine', 'new']) await writeFile(join(sandbox.root, name), 'host');
      await writeFile(join(sandbox.root, 'equal'), 'agent');
      await writeFile(join(sandbox.view, 'new'), 'agent');
      await rm(join(sandbox.root, 'removed'));
      const { changes, hostEdited } = await sandbox.collect();
      assert.deepEqual(summarise(changes), [
        'modified both',
        'modified new',
        'added removed',
        'modified theirs',
      ]);
      assert.deepEqual([...hostEdited].sort(), ['both', 'new', 'removed']);
      await approveEverything(sandbox.review);
      assert.equal(await readFile(join(sandbox.root, 'both'), 'utf8'), 'host');
      assert.equal(await readFile(join(sandbox.root, 'theirs'), 'utf8'), 'agent');
    } finally {
      await sandbox.remove();
    }
  });

  it('keeps masked content out of the copy and out of the changes', async () => {
    const masked = [
      { path: '.env', content: 'hidden\n', reason: 'test' },
      { path: 'd/.env', content: 'hidden\n', reason: 'test' },
    ];
    const sandbox = await Sandbox.copy({ '.env': 'KEY=secret', 'd/.env': 'KEY=secret' }, masked);
    try {
      assert.equal(await readFile(join(sandbox.view, '.env'), 'utf8'), 'hidden\n');
      await rm(join(sandbox.view, 'd'), { recursive: true });
      const { changes } = await sandbox.collect();
      assert.deepEqual(summarise(changes), ['refused d/.env']);
    } finally {
      await sandbox.remove();
    }
  });
});
