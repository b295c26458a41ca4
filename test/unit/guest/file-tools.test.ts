import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { limits } from '../../../src/protocol/limits.js';
import { ProxyDriver } from './support/proxy-driver.js';

describe('tool proxy: file tools', () => {
  let proxy: ProxyDriver;
  const at = (name: string) => path.join(proxy.folder, name);

  beforeEach(async () => {
    proxy = new ProxyDriver();
    assert.equal((await proxy.init()).status, 200);
  });
  afterEach(() => proxy.stop());

  it('reads a whole text file and a range of its lines', async () => {
    writeFileSync(at('a.txt'), 'one\ntwo\nthree\nfour');
    assert.equal((await proxy.tool('read_file', { path: 'a.txt' })).text, 'one\ntwo\nthree\nfour');
    assert.equal(
      (await proxy.tool('read_file', { path: 'a.txt', offset: 2, limit: 2 })).text,
      'two\nthree\n',
    );
    assert.equal((await proxy.tool('read_file', { path: 'a.txt', offset: 4 })).text, 'four');
    const beyond = await proxy.tool('read_file', { path: 'a.txt', offset: 9 });
    assert.equal(beyond.ok, false);
    assert.match(beyond.text, /fewer than 9 lines/);
  });

  it('says what a binary, missing or special file is instead of reading it', async () => {
    writeFileSync(at('b.bin'), Buffer.from([1, 0, 2]));
    writeFileSync(at('latin1'), Buffer.from([0xe9, 0x20]));
    execFileSync('mkfifo', [at('pipe')]);
    for (const [name, why] of [
      ['b.bin', /binary file \(3 bytes\)/],
      ['latin1', /binary/],
      ['none', /does not exist/],
      ['pipe', /not a regular file/],
      ['', /not a regular file|is a directory|names the workspace/],
    ] as const) {
      const result = await proxy.tool('read_file', { path: name });
      assert.equal(result.ok, false, name);
      assert.match(result.text, why, name);
    }
  });

  it('bounds what it reads of a large file, at a character boundary, and says how to go on', async () => {
    writeFileSync(at('big'), `x${'ü'.repeat(limits.toolFileBytes)}\nlast\n`);
    const { ok, text } = await proxy.tool('read_file', { path: 'big' });
    assert.equal(ok, true);
    assert.ok(!text.includes('\ufffd'));
    assert.match(text, /\[airlock: the file has \d+ bytes; read on with offset and limit\]/);
    assert.equal((await proxy.tool('read_file', { path: 'big', offset: 2 })).text, 'last\n');
  });

  it('keeps an answer of characters that JSON lengthens below the line bound', async () => {
    writeFileSync(at('control'), '\u0001'.repeat(limits.toolFileBytes - 1));
    const { ok, text } = await proxy.tool('read_file', { path: 'control' });
    assert.equal(ok, true);
    assert.match(text, /\[airlock: cut, the answer is too long\]/);
  });

  it('writes files with their parents and keeps the mode of those it replaces', async () => {
    const first = await proxy.tool('write_file', { path: 'new/deep/ü file', content: 'hé' });
    assert.deepEqual([first.ok, first.text], [true, 'wrote 3 bytes to new/deep/ü file']);
    assert.equal(readFileSync(at('new/deep/ü file'), 'utf8'), 'hé');
    writeFileSync(at('run.sh'), 'long old content', { mode: 0o755 });
    assert.equal((await proxy.tool('write_file', { path: 'run.sh', content: 'x' })).ok, true);
    assert.equal(readFileSync(at('run.sh'), 'utf8'), 'x');
    assert.equal(statSync(at('run.sh')).mode & 0o777, 0o755);
  });

  it('edits exactly, all or nothing', async () => {
    writeFileSync(at('e'), 'a b a $& c');
    const twice = await proxy.tool('edit_file', { path: 'e', edits: [{ old: 'a', new: 'z' }] });
    assert.equal(twice.ok, false);
    assert.match(twice.text, /occurs 2 times/);
    const second = [
      { old: 'c', new: 'C' },
      { old: 'nope', new: '' },
    ];
    assert.match(
      (await proxy.tool('edit_file', { path: 'e', edits: second })).text,
      /edit 2 of 2: .*not occur.*not changed/,
    );
    assert.equal(readFileSync(at('e'), 'utf8'), 'a b a $& c');
    const edits = [
      { old: 'a', new: 'z', all: true },
      { old: '$&', new: "$'" },
    ];
    assert.deepEqual((await proxy.tool('edit_file', { path: 'e', edits })).text, 'edited e: 3 replacements');
    assert.equal(readFileSync(at('e'), 'utf8'), "z b z $' c");
  });

  it('lists sorted, typed, to a depth, and bounded', async () => {
    mkdirSync(at('dir/sub'), { recursive: true });
    writeFileSync(at('dir/f'), '');
    writeFileSync(at('b'), '');
    writeFileSync(at('new\nline'), '');
    symlinkSync('/etc', at('link'));
    assert.equal((await proxy.tool('list_directory', {})).text, 'b\ndir/\nlink -> /etc\n"new\\nline"');
    assert.match((await proxy.tool('list_directory', { depth: 3 })).text, /dir\/\ndir\/f\ndir\/sub\/\nlink/);
    assert.equal((await proxy.tool('list_directory', { path: 'dir/sub' })).text, '(empty)');
    mkdirSync(at('many'));
    for (let i = 0; i < limits.listEntries + 5; i += 1) writeFileSync(at(`many/${i}`), '');
    const lines = (await proxy.tool('list_directory', { path: 'many' })).text.split('\n');
    assert.equal(lines.length, limits.listEntries + 1);
    assert.match(lines.at(-1) ?? '', /more than/);
  });

  it('searches with ripgrep: hidden files yes, .git never, no matches is no failure', async () => {
    mkdirSync(at('.git'));
    mkdirSync(at('src'));
    writeFileSync(at('.git/x'), 'needle');
    writeFileSync(at('.hidden'), 'needle one\n');
    writeFileSync(at('src/a.ts'), 'no\nNEEDLE two\n');
    assert.equal((await proxy.tool('search', { pattern: 'needle' })).text, '.hidden:1:needle one');
    const found = await proxy.tool('search', { pattern: 'needle', ignoreCase: true, glob: '*.ts' });
    assert.equal(found.text, 'src/a.ts:2:NEEDLE two');
    assert.equal((await proxy.tool('search', { pattern: 'needle', glob: '.git/**' })).text, 'no matches');
    assert.deepEqual((await proxy.tool('search', { pattern: '--files' })).text, 'no matches');
    const wrong = await proxy.tool('search', { pattern: '(' });
    assert.equal(wrong.ok, false);
    assert.match(wrong.text, /regex/);
    writeFileSync(at('many'), 'needle\n'.repeat(limits.searchMatches + 50));
    const lines = (await proxy.tool('search', { pattern: 'needle', path: 'many' })).text.split('\n');
    assert.ok(lines.length <= limits.searchMatches + 1);
  });

  it('follows links inside the workspace and none that leave it', async () => {
    mkdirSync(at('real'));
    writeFileSync(at('real/f'), 'inside');
    symlinkSync('real', at('in'));
    symlinkSync('/etc', at('out'));
    symlinkSync('/tmp/airlock-not-there', at('dangling'));
    symlinkSync('loop', at('loop'));
    assert.equal((await proxy.tool('read_file', { path: 'in/f' })).text, 'inside');
    const attempts = [
      ['read_file', { path: 'out/passwd' }],
      ['read_file', { path: '../etc/passwd' }],
      ['read_file', { path: '/etc/passwd' }],
      ['read_file', { path: 'a\0b' }],
      ['read_file', { path: 'loop' }],
      ['write_file', { path: 'out/airlock-new', content: '' }],
      ['write_file', { path: 'dangling', content: '' }],
      ['write_file', { path: 'real/../../x', content: '' }],
      ['list_directory', { path: 'out' }],
      ['search', { path: 'out', pattern: 'root' }],
      ['run_command', { command: 'true', cwd: 'out' }],
      ['run_command', { command: 'true', cwd: '..' }],
      ['write_file', { path: '', content: '' }],
    ] as const;
    for (const [tool, input] of attempts) {
      const result = await proxy.tool(tool, input);
      assert.equal(result.ok, false, `${tool} ${JSON.stringify(input)}: ${result.text}`);
    }
    assert.equal(existsSync('/tmp/airlock-not-there'), false);
  });
});
