import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import path from 'node:path';
import { sha256 } from '../../../src/base/hash.js';
import { mountOverlay, type OverlayMount } from './support/overlay-mount.js';
import { ProxyDriver } from './support/proxy-driver.js';

describe('tool proxy: changes of a real overlay', function () {
  this.timeout(120_000);
  let proxy: ProxyDriver;
  let overlay: OverlayMount | undefined;
  const at = (name: string) => path.join(overlay?.merged ?? '', name);

  async function start(fill: (lower: string) => void): Promise<void> {
    overlay = mountOverlay(fill);
    proxy = new ProxyDriver();
    await proxy.init({ strategy: 'overlay', workspace: overlay.merged, upperDir: overlay.upper });
  }
  afterEach(async () => {
    await proxy?.stop();
    overlay?.remove();
    overlay = undefined;
  });

  it('reports nothing when nothing changed', async () => {
    await start((lower) => fs.writeFileSync(path.join(lower, 'f'), ''));
    assert.deepEqual(await proxy.collect(), []);
  });

  it('reports every kind of change, with the bytes’ hash', async () => {
    await start((lower) => {
      fs.mkdirSync(path.join(lower, 'dir/.git'), { recursive: true });
      fs.mkdirSync(path.join(lower, '.git'));
      for (const name of ['edit', 'gone', 'chmod', 'dir/moved', '.git/config', 'dir/.git/config']) {
        fs.writeFileSync(path.join(lower, name), `old ${name}`, { mode: 0o644 });
      }
    });
    fs.appendFileSync(at('edit'), '+');
    fs.rmSync(at('gone'));
    fs.chmodSync(at('chmod'), 0o755);
    fs.renameSync(at('dir/moved'), at('dir/to'));
    fs.symlinkSync('../x', at('link'));
    fs.writeFileSync(at('-a "b"\n\'ü'), '');
    fs.writeFileSync(at('.git/config'), 'never reported');
    fs.writeFileSync(at('dir/.git/config'), 'reported');
    fs.writeFileSync(Buffer.concat([Buffer.from(at('bad-')), Buffer.from([0xff])]), '');
    await proxy.run('mkfifo pipe');
    const file = (name: string, content: string, mode = 0o644) => ({
      type: 'file',
      path: name,
      size: Buffer.byteLength(content),
      mode,
      sha256: sha256(content),
    });
    const expected = [
      file('-a "b"\n\'ü', ''),
      { type: 'special', path: 'bad-\\xff', what: 'name is not UTF-8' },
      file('chmod', 'old chmod', 0o755),
      { type: 'directory', path: 'dir', mode: 0o755, empty: false },
      { type: 'directory', path: 'dir/.git', mode: 0o755, empty: false },
      file('dir/.git/config', 'reported'),
      { type: 'whiteout', path: 'dir/moved' },
      file('dir/to', 'old dir/moved'),
      file('edit', 'old edit+'),
      { type: 'whiteout', path: 'gone' },
      { type: 'symlink', path: 'link', target: '../x' },
      { type: 'special', path: 'pipe', what: 'FIFO' },
    ];
    assert.deepEqual(await proxy.collect(), expected);
  });

  it('says of a directory whether anything is in it, whichever layer that is of', async () => {
    await start((lower) => {
      for (const name of ['full', 'cleared', 'lost', 'mended'])
        fs.mkdirSync(path.join(lower, name, 'in'), { recursive: true });
    });
    fs.chmodSync(at('full'), 0o700);
    fs.rmdirSync(at('cleared/in'));
    fs.rmSync(at('lost'), { recursive: true });
    fs.rmSync(at('mended'), { recursive: true });
    fs.mkdirSync(at('mended'));
    fs.mkdirSync(at('a/b'), { recursive: true });
    const directory = (name: string, empty: boolean, mode = 0o755) => ({
      type: 'directory',
      path: name,
      mode,
      empty,
    });
    assert.deepEqual(await proxy.collect(), [
      directory('a', false),
      directory('a/b', true),
      directory('cleared', true),
      { type: 'whiteout', path: 'cleared/in' },
      directory('full', false, 0o700),
      { type: 'whiteout', path: 'lost' },
      directory('mended', true),
    ]);
  });

  it('takes a time that does not depend on the size of the workspace', async () => {
    await start((lower) => {
      for (let dir = 0; dir < 200; dir += 1) {
        fs.mkdirSync(path.join(lower, `d${dir}`));
        for (let file = 0; file < 1000; file += 1) fs.writeFileSync(path.join(lower, `d${dir}/f${file}`), '');
      }
    });
    for (let i = 0; i < 10; i += 1) fs.writeFileSync(at(`d${i * 7}/f${i}`), `changed ${i}`);
    await proxy.collect();
    const times: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const started = performance.now();
      const entries = await proxy.collect();
      times.push(performance.now() - started);
      assert.equal(entries.filter(({ type }) => type === 'file').length, 10);
    }
    const median = times.toSorted((a, b) => a - b)[2] ?? Number.POSITIVE_INFINITY;
    assert.ok(median < 50, `10 changes of 200,000 files took ${median} ms`);
  });
});
