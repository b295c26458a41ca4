import assert from 'node:assert/strict';
import { chmod, lstat, mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shownKeys } from '../../src/workspace/review/shown-keys.js';
import { assertNothingLeft, type Bench, exists, giveToUser, openBench } from './harness.js';

/** Makes every kind of change by one script that the policy lets run inside the sandbox. */
const MESS = `
const fs = require('fs');
fs.writeFileSync('name with spaces.txt', 'a');
fs.writeFileSync('quote\\'s and "double".txt', 'b');
fs.writeFileSync('line\\nbreak.txt', 'c');
fs.writeFileSync('-leading-dash', 'd');
fs.writeFileSync('ünïcödé-日本.txt', 'e');
fs.writeFileSync('empty.txt', '');
fs.writeFileSync('binary.bin', Buffer.from([0, 255, 1, 254]));
fs.appendFileSync('edited.txt', 'more\\n');
fs.unlinkSync('deleted.txt');
fs.renameSync('old-name.txt', 'new-name.txt');
fs.chmodSync('script.sh', 0o755);
fs.symlinkSync('edited.txt', 'link-inside');
fs.symlinkSync('/etc/passwd', 'link-outside');
fs.rmSync('dir', { recursive: true });
fs.mkdirSync('dir');
fs.writeFileSync('dir/fresh.txt', 'f');
fs.writeFileSync('.git/config', 'evil');
fs.mkdirSync('nested/.git/hooks', { recursive: true });
fs.writeFileSync('nested/.git/hooks/pre-commit', 'evil');
`;

for (const strategy of ['overlay', 'copy'] as const) {
  describe(`every kind of change: ${strategy}`, () => {
    let bench: Bench;

    before(async () => {
      bench = await openBench({
        script: [
          [{ tool: 'write_file', input: { path: 'mess.js', content: MESS } }],
          [{ tool: 'run_command', input: { command: 'node mess.js' } }],
          [{ tool: 'run_command', input: { command: 'rm mess.js' } }],
          [{ text: 'ok' }],
        ],
      });
      const at = (path: string) => join(bench.workspace, path);
      await writeFile(at('edited.txt'), 'line\n');
      await writeFile(at('deleted.txt'), 'bye\n');
      await writeFile(at('old-name.txt'), 'the same bytes in both\n');
      await writeFile(at('script.sh'), '#!/bin/sh\n');
      await chmod(at('script.sh'), 0o644);
      await writeFile(at('untouched.txt'), 'same\n');
      await mkdir(at('dir/deep'), { recursive: true });
      await writeFile(at('dir/deep/one.txt'), '1');
      await writeFile(at('dir/two.txt'), '2');
      await mkdir(at('.git'));
      await writeFile(at('.git/config'), '[core]\n');
      await symlink('untouched.txt', at('old-link'));
      await giveToUser(bench.workspace);
    });
    after(() => bench.dispose());

    it('is captured, and what may land lands', async () => {
      const session = await bench.host.start(bench.request({ strategy }));
      assert.equal((await session.done).kind, 'completed', bench.log.join('\n'));
      const changes = new Map(session.review.list().map(({ change }) => [change.path, change]));
      const statuses = Object.fromEntries([...changes].map(([path, { status }]) => [path, status]));
      assert.deepEqual(statuses, {
        '-leading-dash': 'added',
        'binary.bin': 'added',
        'deleted.txt': 'deleted',
        'dir/deep/one.txt': 'deleted',
        'dir/fresh.txt': 'added',
        'dir/two.txt': 'deleted',
        'edited.txt': 'modified',
        'empty.txt': 'added',
        'line\nbreak.txt': 'refused',
        'link-inside': 'symlink',
        'link-outside': 'refused',
        'name with spaces.txt': 'added',
        'nested/.git': 'refused',
        'new-name.txt': 'added',
        'old-name.txt': 'deleted',
        'quote\'s and "double".txt': 'added',
        'script.sh': 'mode',
        'ünïcödé-日本.txt': 'added',
      });
      assert.equal(changes.get('new-name.txt')?.renamedFrom, 'old-name.txt');
      assert.equal(changes.get('binary.bin')?.binary, true);

      const keys = shownKeys(session.review.list());
      await session.review.markAll(keys, true);
      const outcomes = await session.review.applyMarked(keys);
      assert.deepEqual(
        outcomes.filter(({ kind }) => kind !== 'applied'),
        [],
      );
      const at = (path: string) => join(bench.workspace, path);
      assert.deepEqual(await readFile(at('binary.bin')), Buffer.from([0, 255, 1, 254]));
      assert.equal(await exists(at('line\nbreak.txt')), false);
      assert.equal(await readFile(at('edited.txt'), 'utf8'), 'line\nmore\n');
      assert.equal(await readFile(at('empty.txt'), 'utf8'), '');
      assert.equal(await readFile(at('dir/fresh.txt'), 'utf8'), 'f');
      assert.equal(await exists(at('dir/two.txt')), false);
      assert.equal(await exists(at('deleted.txt')), false);
      assert.equal((await lstat(at('script.sh'))).mode & 0o777, 0o755);
      assert.equal(await readlink(at('link-inside')), 'edited.txt');
      assert.equal(await exists(at('link-outside')), false);
      assert.equal(await exists(at('nested')), false);
      assert.equal(await readFile(at('.git/config'), 'utf8'), '[core]\n');
      assert.equal(await readFile(at('untouched.txt'), 'utf8'), 'same\n');
      await assertNothingLeft(bench, session.id);
    });
  });
}
