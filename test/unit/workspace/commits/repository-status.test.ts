import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseStatus, readStatus } from '../../../../src/workspace/commits/repository-status.js';
import { TestRepository } from './repository-fixture.js';

describe('what git says of a repository', () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = TestRepository.make(mkdtempSync(join(tmpdir(), 'airlock-status-')));
    for (const name of ['a', 'b', 'c', 'd']) write(name, `${name}\n`);
    write('.gitignore', 'ignored\n');
    repository.git('add', '-A');
    repository.git('commit', '-qm', 'first');
  });
  afterEach(() => rmSync(repository.folder, { recursive: true, force: true }));

  function write(name: string, text: string): void {
    mkdirSync(join(repository.folder, name, '..'), { recursive: true });
    writeFileSync(join(repository.folder, name), text);
  }
  const read = async (cwd = repository.folder) => {
    const { staged, changed, unmerged } = await readStatus({ cwd });
    return { staged: [...staged].sort(), changed: [...changed].sort(), unmerged: [...unmerged] };
  };

  it('is which files are staged and which are changed, whatever the settings and the names are', async () => {
    for (const setting of ['status.showUntrackedFiles', 'status.relativePaths', 'core.quotePath'])
      repository.git('config', setting, setting === 'status.showUntrackedFiles' ? 'no' : 'true');
    repository.git('config', 'status.renames', 'copies');
    write('a', 'staged\n');
    repository.git('mv', 'b', 'moved');
    repository.git('add', 'a');
    write('a', 'and changed\n');
    rmSync(join(repository.folder, 'c'));
    write('new/é "x"\n.txt', 'new\n');
    write('ignored', 'x\n');
    assert.deepEqual(await read(), {
      staged: ['a', 'b', 'moved'],
      changed: ['a', 'c', 'new/é "x"\n.txt'],
      unmerged: [],
    });
  });

  it('is what a merge has left to be resolved', async () => {
    repository.git('switch', '-qc', 'other');
    write('a', 'other\n');
    repository.git('commit', '-qam', 'other');
    repository.git('switch', '-q', 'main');
    write('a', 'main\n');
    repository.git('commit', '-qam', 'main');
    assert.throws(() => repository.git('merge', 'other'));
    assert.deepEqual(await read(), { staged: ['a'], changed: ['a'], unmerged: ['a'] });
  });

  it('is an error that says why, where there is none', async () => {
    rmSync(join(repository.folder, '.git'), { recursive: true });
    await assert.rejects(read(), /git cannot tell what is changed \(.*not a git repository/);
    await assert.rejects(readStatus({ cwd: repository.folder, program: '/nonexistent/git' }), /ENOENT/);
  });

  it('is nothing for what has no path', () => {
    const { staged, changed } = parseStatus('\0 M\0?? \0');
    assert.deepEqual([staged.size, changed.size], [0, 0]);
  });
});
