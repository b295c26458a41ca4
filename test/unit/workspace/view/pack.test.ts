import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import {
  appendFile,
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { extract } from 'tar-stream';
import { sha256 } from '../../../../src/base/hash.js';
import { packWorkspace } from '../../../../src/workspace/view/pack.js';
import { makeWorkspace, readTree, type Tree } from '../fixture.js';

const run = promisify(execFile);
const signal = new AbortController().signal;
const MIB = 2 ** 20;

describe('packWorkspace', () => {
  let base: string;
  let root: string;

  async function make(tree: Tree): Promise<void> {
    ({ base, root } = await makeWorkspace(tree));
  }
  afterEach(() => rm(base, { recursive: true, force: true }));

  it('is a tar that GNU tar unpacks to the same tree, whatever the names', async () => {
    const long = `${'long-'.repeat(30)}/${'näme'.repeat(40)}`;
    await make({
      'with space': '1',
      '-rf': '2',
      'quo"te\'s': '3',
      'new\nline': '4',
      ünï: '5',
      [long]: '6',
      'back\\slash': '7',
      run: { script: '#!' },
      empty: '',
      link: { link: 'with space' },
      dangling: { link: `${'x'.repeat(150)}ü` },
      '.git/HEAD': 'ref',
      big: Buffer.alloc(3 * MIB + 17, 'b'),
    });
    await mkdir(join(root, 'empty folder'));
    await chmod(join(root, 'empty folder'), 0o500);
    const packed = packWorkspace(root, { masked: [], maxBytes: 100 * MIB, signal });
    await pipeline(packed.stream, createWriteStream(join(base, 'a.tar')));
    const { entries, skipped } = await packed.baseline;
    await mkdir(join(base, 'out'));
    await run('tar', ['-C', join(base, 'out'), '-xpf', join(base, 'a.tar')]);
    assert.deepEqual(await readTree(join(base, 'out')), await readTree(root));
    assert.equal((await lstat(join(base, 'out/empty folder'))).mode & 0o777, 0o700);
    assert.equal(skipped.size, 0);
    const big = entries.get('big');
    assert.ok(
      big?.kind === 'file' &&
        big.sha256 === sha256(await readFile(join(root, 'big'))) &&
        big.size === 3 * MIB + 17,
    );
  });

  it('names no user of the host and sends stand-ins for what is masked', async () => {
    await make({ '.env': 'KEY=canary', a: 'x' });
    const masked = [{ path: '.env', content: 'hidden', reason: 'test' }];
    const packed = packWorkspace(root, { masked, maxBytes: MIB, signal });
    const archive = extract();
    packed.stream.pipe(archive);
    for await (const entry of archive) {
      const { uid, gid, uname, gname } = entry.header;
      assert.deepEqual([uid, gid, uname, gname], [0, 0, '', '']);
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
      assert.equal(Buffer.concat(chunks).toString(), entry.header.name === '.env' ? 'hidden' : 'x');
    }
    assert.deepEqual([...(await packed.baseline).entries.keys()], ['a']);
  });

  it('leaves out sockets and FIFOs and says so', async () => {
    await make({ a: 'x' });
    await run('mkfifo', [join(root, 'fifo')]);
    const server = createServer().listen(join(root, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    const packed = packWorkspace(root, { masked: [], maxBytes: MIB, signal });
    await pipeline(packed.stream, createWriteStream(join(base, 'a.tar')));
    assert.deepEqual([...(await packed.baseline).skipped.keys()].sort(), ['fifo', 'socket']);
    await new Promise((resolve) => server.close(resolve));
  });

  it('sends a whole tar while files grow, shrink and vanish', async () => {
    await make({ grow: Buffer.alloc(8 * MIB, 1), shrink: Buffer.alloc(8 * MIB, 2), z1: 'z', z2: 'z' });
    for (let file = 0; file < 300; file += 1) await writeFile(join(root, `small-${file}`), 'x');
    const packed = packWorkspace(root, { masked: [], maxBytes: 100 * MIB, signal });
    const done = pipeline(packed.stream, createWriteStream(join(base, 'a.tar')));
    await appendFile(join(root, 'grow'), 'more');
    await truncate(join(root, 'shrink'), 1000);
    for (const name of await readdir(root)) if (name.startsWith('small-')) await rm(join(root, name));
    await done;
    await mkdir(join(base, 'out'));
    await run('tar', ['-C', join(base, 'out'), '-xf', join(base, 'a.tar')]);
    const { entries } = await packed.baseline;
    for (const [path, entry] of entries) {
      const bytes = await readFile(join(base, 'out', path));
      assert.equal(entry.kind === 'file' && entry.sha256, sha256(bytes), path);
    }
    assert.deepEqual([...entries.keys()].sort(), (await readdir(join(base, 'out'))).sort());
  });

  it('ends with an error above the limit, and when it is told to stop', async () => {
    await make({ a: Buffer.alloc(MIB), b: Buffer.alloc(MIB) });
    const tooLarge = packWorkspace(root, { masked: [], maxBytes: MIB + 1, signal });
    await assert.rejects(
      pipeline(tooLarge.stream, createWriteStream(join(base, 'a.tar'))),
      /more than 1 MiB/,
    );
    await assert.rejects(tooLarge.baseline, { code: 'workspace-unsuitable' });

    const controller = new AbortController();
    const unread = packWorkspace(root, { masked: [], maxBytes: 100 * MIB, signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(unread.baseline);
  });
});
