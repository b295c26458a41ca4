import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from '../fixture.js';

describe('a folder that tools fill', function () {
  this.timeout(300_000);
  let sandbox: Sandbox;
  afterEach(() => sandbox.remove());

  function install(dir: string, count: number): void {
    mkdirSync(join(sandbox.view, dir), { recursive: true });
    for (let index = 0; index < count; index += 1) writeFileSync(join(sandbox.view, dir, `f${index}`), '');
  }
  const fills = { overlay: () => Sandbox.overlay({ src: 'a' }), copy: () => Sandbox.copy({ src: 'a' }) };

  for (const [strategy, open] of Object.entries(fills)) {
    it(`is one refusal beside the edits of the source, with 60,000 files in it (${strategy})`, async () => {
      sandbox = await open();
      install('node_modules/p', 60_000);
      writeFileSync(join(sandbox.view, 'src'), 'b');
      const { changes } = await sandbox.collect();
      assert.deepEqual(
        changes.map(({ path, status }) => `${status} ${path}`),
        ['refused node_modules', 'modified src'],
      );
      assert.match(changes[0]?.reason ?? '', /60,000 changed files.*install them/);
    });

    it(`is refused above 2,000 new files, and none of them is fetched (${strategy})`, async () => {
      sandbox = await open();
      install('x/dist', 2001);
      install('build', 3);
      install('lib', 3);
      const { changes } = await sandbox.collect();
      assert.deepEqual(
        changes.map(({ path }) => path),
        ['build/f0', 'build/f1', 'build/f2', 'lib/f0', 'lib/f1', 'lib/f2', 'x/dist'],
      );
      assert.ok(sandbox.fetched.every((path) => !path.startsWith('x/')));
    });
  }

  it('is reviewed file by file when the real workspace has it', async () => {
    sandbox = await Sandbox.overlay({ 'dist/old': 'a' });
    install('dist', 2001);
    assert.equal((await sandbox.collect()).changes.length, 2001);
  });
});
