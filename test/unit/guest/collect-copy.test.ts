import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import path from 'node:path';
import { sha256 } from '../../../src/base/hash.js';
import { ProxyDriver } from './support/proxy-driver.js';
import { type HeaderArgument, pack } from './support/tar.js';

const mtime = new Date('2020-01-02T03:04:05Z');

describe('tool proxy: import and changes of a copy', function () {
  this.timeout(120_000);
  let proxy: ProxyDriver;
  const at = (name: string) => path.join(proxy.folder, name);
  beforeEach(async () => {
    proxy = new ProxyDriver();
    await proxy.init();
  });
  afterEach(() => proxy.stop());

  const base: readonly HeaderArgument[] = [
    { name: 'dir/', type: 'directory', mode: 0o755, mtime },
    { name: 'dir/a', mode: 0o644, mtime, content: 'aaa' },
    { name: 'dir/b', mode: 0o755, mtime, content: 'bbb' },
    { name: 'link', type: 'symlink', linkname: '/etc/passwd', mtime },
    { name: '.git/config', mode: 0o644, mtime, content: 'g' },
    { name: `deep/${'long-name-'.repeat(20)}/ü 'x"\n`, mode: 0o600, mtime, content: '' },
  ];

  it('keeps bytes, modes, times and links', async () => {
    const { status, body } = await proxy.send('/import', pack(base));
    assert.deepEqual([status, JSON.parse(body.toString())], [200, { count: base.length }]);
    assert.equal(fs.readFileSync(at('dir/a'), 'utf8'), 'aaa');
    assert.equal(fs.statSync(at('dir/b')).mode & 0o7777, 0o755);
    assert.equal(fs.statSync(at('dir/b')).mtimeMs, mtime.getTime());
    assert.equal(fs.statSync(at('dir')).mtimeMs, mtime.getTime());
    assert.equal(fs.readlinkSync(at('link')), '/etc/passwd');
    assert.equal(fs.statSync(at(base.at(-1)?.name ?? '')).size, 0);
    assert.deepEqual(await proxy.collect(), []);
    assert.equal((await proxy.send('/import', pack(base))).status, 409);
  });

  it('reports only what changed, also when size and time are the same', async () => {
    await proxy.send('/import', pack(base));
    fs.writeFileSync(at('dir/a'), 'xxx');
    fs.utimesSync(at('dir/a'), mtime, mtime);
    fs.rmSync(at('dir/b'));
    fs.unlinkSync(at('link'));
    fs.symlinkSync('dir/a', at('link'));
    fs.mkdirSync(at('new'));
    fs.writeFileSync(at('new/f'), 'new', { mode: 0o600 });
    fs.writeFileSync(at('.git/config'), 'not reported');
    assert.deepEqual(await proxy.collect(), [
      { type: 'file', path: 'dir/a', size: 3, mode: 0o644, sha256: sha256('xxx') },
      { type: 'whiteout', path: 'dir/b' },
      { type: 'symlink', path: 'link', target: 'dir/a' },
      { type: 'directory', path: 'new', mode: 0o755, empty: false },
      { type: 'file', path: 'new/f', size: 3, mode: 0o600, sha256: sha256('new') },
    ]);
  });

  it('tells of a directory that was gone at one collection and is there again at the next', async () => {
    await proxy.send('/import', pack(base));
    fs.rmSync(at('dir'), { recursive: true });
    const gone = ['dir', 'dir/a', 'dir/b'].map((name) => ({ type: 'whiteout', path: name }));
    assert.deepEqual(await proxy.collect(), gone);
    assert.deepEqual(await proxy.collect(), gone);
    fs.mkdirSync(at('dir'), { mode: 0o755 });
    const made = { type: 'directory', path: 'dir', mode: 0o755, empty: true };
    assert.deepEqual(await proxy.collect(), [made, ...gone.slice(1)]);
    fs.writeFileSync(at('dir/a'), 'aaa');
    const [dir] = await proxy.collect();
    assert.deepEqual(dir, { ...made, empty: false });
    fs.rmSync(at('dir'), { recursive: true });
    fs.writeFileSync(at('dir'), 'a file now');
    assert.equal((await proxy.collect())[0]?.type, 'file');
    fs.rmSync(at('dir'));
    fs.mkdirSync(at('dir'), { mode: 0o755 });
    assert.deepEqual((await proxy.collect())[0], made);
  });

  const hostile: ReadonlyArray<readonly [string, readonly HeaderArgument[]]> = [
    ['a path that leaves', [{ name: '../x', content: 'x' }]],
    ['an absolute path', [{ name: '/tmp/airlock-x', content: 'x' }]],
    [
      'a path through a link',
      [
        { name: 'l', type: 'symlink', linkname: '/tmp' },
        { name: 'l/airlock-x', content: 'x' },
      ],
    ],
    [
      'a file on a link',
      [
        { name: 'l', type: 'symlink', linkname: '/tmp/airlock-x' },
        { name: 'l', content: 'x' },
      ],
    ],
    ['a hard link', [{ name: 'h', type: 'link', linkname: '/etc/passwd' }]],
    ['a device', [{ name: 'd', type: 'character-device' }]],
    [
      'a path twice',
      [
        { name: 'a', content: 'x' },
        { name: 'a', content: 'y' },
      ],
    ],
  ];
  for (const [what, entries] of hostile) {
    it(`refuses ${what}, and serves nothing after`, async () => {
      const { status, body } = await proxy.send('/import', pack(entries));
      assert.equal(status, 400, body.toString());
      assert.equal(fs.existsSync('/tmp/airlock-x'), false);
      assert.equal((await proxy.post('/collect', {})).status, 409);
    });
  }

  it('takes and compares many files quickly', async () => {
    const count = 20_000;
    const many = Array.from({ length: count }, (_, i) => ({
      name: `d${i % 100}/f${i}`,
      mtime,
      content: `${i}`,
    }));
    const started = performance.now();
    assert.equal((await proxy.send('/import', pack(many))).status, 200);
    const imported = performance.now();
    fs.writeFileSync(at('d7/f7'), 'changed');
    assert.equal((await proxy.collect()).length, 1);
    const collected = performance.now();
    assert.ok(imported - started < 20_000, `import of ${count} files took ${imported - started} ms`);
    assert.ok(collected - imported < 2_000, `collecting from ${count} files took ${collected - imported} ms`);
  });
});
