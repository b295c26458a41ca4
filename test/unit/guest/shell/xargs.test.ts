import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { PipePool } from '../../../../src/guest/process/pipe-pool.js';
import { ProcessTree } from '../../../../src/guest/process/process-tree.js';
import { buildEnvironment } from '../../../../src/guest/tool-proxy/environment.js';
import { runScript, type ScriptResult } from '../../../../src/guest/tool-proxy/shell/run-script.js';
import { planCall } from '../../../../src/policy/evaluate.js';
import { parsePolicy } from '../../../../src/policy/policy.js';
import { loadPreset } from '../../../../src/policy/presets/index.js';
import { parseScript } from '../../../../src/policy/shell/parse.js';

const RUNS = 400;

describe('xargs', function () {
  this.timeout(120_000);
  let top: string;
  let workspace: string;
  const tree = new ProcessTree(false);
  const pipes = new PipePool();

  before(() => {
    const { stdout } = spawnSync('xargs', ['--version'], { encoding: 'utf8' });
    assert.match(stdout ?? '', /GNU findutils/, 'install findutils: this test compares with its xargs');
  });
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'airlock-xargs-'));
    workspace = join(top, 'workspace');
    mkdirSync(join(workspace, 'dir'), { recursive: true });
    writeFileSync(join(top, 'outside.txt'), 'outside');
    writeFileSync(join(workspace, 'a.txt'), 'a\n');
    symlinkSync('../outside.txt', join(workspace, 'file-link'));
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  interface Options {
    readonly policy?: ReturnType<typeof loadPreset>;
    readonly timeoutMs?: number;
    readonly asked?: boolean;
    readonly signal?: AbortSignal;
  }

  async function run(
    text: string,
    options: Options = {},
  ): Promise<ScriptResult & { readonly stdout: string }> {
    const { policy = loadPreset('unrestricted-in-sandbox'), timeoutMs = 20_000, asked = false } = options;
    const parsed = parseScript(text);
    assert.ok(parsed.ok, text);
    let stdout = '';
    const context = {
      ...{ strategy: 'copy' as const, workspace, upperDir: '', commandMs: timeoutMs, outputBytes: 4_000_000 },
      ...{ policy: async () => policy, tree, pipes },
    };
    const result = await runScript(
      context,
      parsed.script,
      { cwd: '', timeoutMs, asked },
      options.signal ?? new AbortController().signal,
      (stream, chunk) => {
        if (stream === 'stdout') stdout += chunk;
      },
    );
    return { ...result, stdout };
  }

  /** The command prints how it was called: each word in brackets, the command in a line. */
  const show = './show';
  function writeShow(): void {
    writeFileSync(join(workspace, 'show'), '#!/bin/sh\nprintf "[%s]" "$@"\necho\n', { mode: 0o755 });
  }

  async function compare(options: readonly string[], input: Buffer): Promise<void> {
    writeFileSync(join(workspace, 'input'), input);
    const line = ['xargs', ...options].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    const theirs = spawnSync('/bin/bash', ['-c', `${line} < input`], {
      cwd: workspace,
      env: buildEnvironment(),
      encoding: 'utf8',
    });
    const ours = await run(`${line} < input`);
    const about = `${line} on ${JSON.stringify(input.toString('latin1'))}\n${ours.output}\n${theirs.stderr}`;
    assert.deepEqual(
      { stdout: ours.stdout, status: ours.end.exitCode },
      { stdout: theirs.stdout, status: theirs.status },
      about,
    );
    assert.equal(ours.output === ours.stdout, theirs.stderr === '', `${about}: a message`);
  }

  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(' ', '\n', '\t', "'", '"', '\\', 'a', 'b', '\0') },
    {
      weight: 3,
      arbitrary: fc.constantFrom('é', '\v', '\f', '\r', '{}', '-n', '\\\n', '" "', "''", ' \n', 'END'),
    },
    { weight: 1, arbitrary: fc.constantFrom('long-word-of-the-input', ',', 'x,y', '😀') },
  );
  const input = fc.array(piece, { maxLength: 24 }).map((pieces) => Buffer.from(pieces.join('')));
  const option = fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    fc.constantFrom(['-0'], ['-d', '\\n'], ['-d,'], ['-d', '\\x20'], ['-d', ' ']),
    fc.constantFrom(['-I{}'], ['-I', 'a'], ['-i'], ['--replace=%'], ['-I', '{}']),
    fc.constantFrom(['-n1'], ['-n', '2'], ['-n3'], ['--max-args=2'], ['-L1'], ['-L', '2'], ['-l'], ['-l3']),
    fc.constantFrom(['-r'], ['-x'], ['-t'], ['-E', 'END'], ['-eb'], ['-E', ''], ['-e'], ['-P', '1']),
    fc.constantFrom(['-s', '14'], ['-s30'], ['-s', '40'], ['-s', '100'], ['-rn2'], ['-0n1'], ['-n', '0']),
  );
  const command = fc.constantFrom(
    [show],
    [show, 'w'],
    [show, 'x{}y', '{}'],
    [show, '%', 'aa', ''],
    [],
    [show, '-n', '{}{}'],
  );

  it('splits and builds command lines as GNU xargs does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(option, { maxLength: 3 }).map((some) => some.flat()),
        command,
        input,
        async (options, words, bytes) => {
          writeShow();
          await compare([...options, ...words], bytes);
        },
      ),
      { numRuns: RUNS },
    );
  });

  const corners: readonly (readonly [options: readonly string[], input: string])[] = [
    [['sh', '-c', 'exit 3'], 'a'],
    [['-n1', 'sh', '-c', 'echo $0; exit 3'], 'a b'],
    [['-n1', 'sh', '-c', 'echo $0; exit 255'], 'a b'],
    [['-n1', 'sh', '-c', 'echo $0; exit 127'], 'a b'],
    [['-n1', 'sh', '-c', 'echo $0; kill -9 $$'], 'a b'],
    [['-n1', 'nosuch'], 'a b'],
    [['-n1', './input'], 'a b'],
    [['-n1', './dir'], 'a b'],
    [['-P2', '-n1', 'sh', '-c', 'exit 1'], 'a b c'],
    [['-n1', 'false'], "a\n'"],
    [['-n1', 'cat'], 'nofile input'],
    [['cat', '-'], ''],
    [['-r', 'echo', 'x'], '\n \n'],
    [['echo'], '-n a'],
    [['-I{}', '{}'], 'ls'],
    [['-I', '', 'echo', 'x'], 'a'],
    [['-n', 'x'], 'a'],
    [['-d', 'ab'], 'a'],
    [['-d', '\\q'], 'a'],
    [['-P', '-1'], 'a'],
    [['-a', 'input', 'cat'], 'a.txt'],
    [['-a', 'nofile', 'echo'], 'a'],
    [['-a', 'dir', 'echo'], 'a'],
    [['-q'], 'a'],
    [['--max'], 'a'],
    [['--', 'echo', '-n'], 'a'],
    [['-s', '99999999', 'echo'], 'a'],
    [['printf', '%s,'], 'a '.repeat(70_000)],
    [['echo'], `${'x'.repeat(131_060)} y z`],
    [['echo'], `a ${'x'.repeat(131_072)}`],
    [['-I{}', 'echo', '{}'], `a\n${'x'.repeat(131_067)}\nb`],
  ];
  for (const [options, text] of corners) {
    const shown = JSON.stringify([...options, text.slice(0, 20)]);
    it(`ends as GNU xargs does: ${shown}`, () => compare(options, Buffer.from(text)));
  }

  const escapes: readonly (readonly [preset: 'read-only' | 'developer', script: string])[] = [
    ['read-only', 'cat list | xargs cat'],
    ['read-only', 'cat list | cat | xargs -n1 head'],
    ['read-only', 'xargs cat < list'],
    ['read-only', 'xargs -a list cat'],
    ['read-only', 'cat list | xargs -I{} cat {}'],
    ['read-only', 'cat list | xargs -I{} cat ./{}'],
    ['read-only', "cat list | xargs -d '\\n' wc -c"],
    ['read-only', 'cat list | (xargs cat)'],
    ['read-only', 'for i in 1; do cat list; done | xargs cat'],
    ['read-only', 'cat list | xargs echo | xargs cat'],
    ['read-only', 'x=$(cat list | xargs cat); echo $x'],
    ['read-only', 'cat options | xargs sort a.txt'],
    ['read-only', 'cat options | xargs -I{} sort {} a.txt'],
    ['developer', 'cat list | xargs rm'],
    ['developer', 'cat list | xargs touch'],
    ['developer', 'cat git | xargs rm -rf'],
    ['developer', 'cat git | xargs -I{} cp a.txt {}/config'],
    ['developer', 'cat options | xargs sort'],
  ];
  for (const [preset, script] of escapes) {
    it(`stops ${script} (${preset}) when it is known what was read`, async () => {
      const outside = join(top, 'outside.txt');
      writeFileSync(join(workspace, 'list'), `a.txt\n../outside.txt ${outside} /etc/passwd\n`);
      writeFileSync(join(workspace, 'options'), `-o${outside}\n`);
      writeFileSync(join(workspace, 'git'), '.git\n');
      const policy = loadPreset(preset);
      const { decision } = planCall(policy, { tool: 'run_command', input: { command: script, cwd: '' } });
      assert.equal(decision.decision, 'allow', decision.reason);
      const { denied, output } = await run(`${script}; echo went on`, { policy });
      assert.equal(denied?.decision, 'deny');
      assert.match(denied.reason, /leaves the workspace|may not be written/);
      assert.doesNotMatch(output, /outside$|root:|went on/);
      assert.equal(readFileSync(outside, 'utf8'), 'outside');
      assert.ok(!existsSync(join(workspace, '.git')));
    });
  }

  const narrow = parsePolicy({
    version: 1,
    name: 'narrow',
    files: { read: { denied: ['secret*'] }, write: { allowed: true, denied: [] } },
    commands: { cat: { maxOperands: 3 }, xargs: { timeoutMs: 400 }, echo: {}, ls: { maxArgs: 2 }, sleep: {} },
    assignments: { FOO: ['1'] },
    workspacePrograms: 'ask',
  });

  const patient = parsePolicy({
    version: 1,
    name: 'patient',
    files: { read: { denied: ['secret*'] }, write: { allowed: true, denied: [] } },
    commands: { cat: {}, xargs: {} },
  });

  it('judges each command line on its own, in order', async () => {
    writeFileSync(join(workspace, 'list'), 'a.txt\nsecret.txt\na.txt\n');
    writeFileSync(join(workspace, 'secret.txt'), 'hush');
    const { denied, output } = await run('xargs -n1 cat < list', { policy: narrow });
    assert.match(denied?.reason ?? '', /secret/);
    assert.equal(output, 'a\n');
  });

  it('judges a command line when the one before it has ended', async () => {
    const slow = join(workspace, 'slow');
    assert.equal(spawnSync('mkfifo', [slow]).status, 0);
    writeFileSync(join(workspace, 'list'), 'slow\nsecret.txt\n');
    const running = run('xargs -n1 cat < list', { policy: patient });
    // Opens when the first command does.
    const writer = await open(slow, 'w');
    await delay(100);
    await writer.write('late\n');
    await writer.close();
    const { denied, output } = await running;
    assert.match(denied?.reason ?? '', /secret/);
    assert.equal(output, 'late\n');
  });

  it('holds a command to the numbers of its own rule', async () => {
    const many = await run('xargs cat < list', { policy: narrow }).catch(() => undefined);
    assert.equal(many?.end.exitCode, 1, 'there is no list');
    writeFileSync(join(workspace, 'list'), 'a.txt '.repeat(4));
    assert.equal((await run('xargs cat < list', { policy: narrow })).denied?.rule, 'cat.count');
    assert.equal((await run('xargs ls < list', { policy: narrow })).denied?.rule, 'ls.count');
    const files = Array.from({ length: 1500 }, () => 'a.txt').join('\n');
    writeFileSync(join(workspace, 'list'), files);
    const { stdout, end } = await run('xargs cat < list | wc -l', { policy: loadPreset('read-only') });
    assert.deepEqual([stdout, end.exitCode], ['1500\n', 0]);
  });

  it('starts nothing that needs a consent, whatever the user was asked about', async () => {
    writeFileSync(join(workspace, 'list'), './show');
    writeShow();
    const { denied } = await run('xargs -I{} {} < list', { policy: narrow, asked: true });
    assert.equal(denied?.decision, 'deny');
    const developer = loadPreset('developer');
    const again = await run('xargs nice < list', { policy: developer, asked: true });
    assert.equal(again.denied?.decision, 'deny');
  });

  it('is never started as a program where its words would go unjudged', async () => {
    writeFileSync(join(workspace, 'list'), '/etc/passwd');
    for (const wrapped of ['timeout 5 xargs', 'nice xargs', 'env xargs', 'xargs xargs', '/usr/bin/xargs']) {
      const { denied, output } = await run(`${wrapped} cat < list`, { policy: loadPreset('developer') });
      assert.equal(denied?.decision, 'deny', wrapped);
      assert.doesNotMatch(output, /root:/);
    }
  });

  it('gives the commands the variables that are set for it, and no input', async () => {
    const { stdout } = await run("echo a | FOO=1 xargs sh -c 'echo $FOO; cat'");
    assert.equal(stdout, '1\n');
    const refused = await run('FOO=2 xargs echo', { policy: narrow });
    assert.equal(refused.denied?.rule, 'command.assignment');
  });

  it('takes no more of its input than it needs, and ends when nobody reads', async () => {
    const { stdout, end } = await run('yes | xargs -n1 echo | head -n 2');
    assert.deepEqual([stdout, end.reason], ['y\ny\n', 'exited']);
  });

  it('runs commands at once where it is told to', async () => {
    const started = Date.now();
    await run('echo 1 1 1 1 | xargs -n1 -P4 sleep');
    assert.ok(Date.now() - started < 3_000);
  });

  it('obeys a time-out and a cancellation while it waits for input, and while a command runs', async () => {
    for (const script of ['sleep 30 | xargs echo', 'echo 30 | xargs sleep', 'yes | xargs -n1 true']) {
      const started = Date.now();
      const late = await run(script, { timeoutMs: 300 });
      assert.equal(late.end.reason, 'timeout', script);
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 200);
      const cancelled = await run(script, { signal: abort.signal });
      assert.equal(cancelled.end.reason, 'cancelled', script);
      assert.ok(Date.now() - started < 6_000, script);
    }
    const ruled = await run('sleep 30 | xargs echo', { policy: narrow });
    assert.deepEqual([ruled.end.reason, ruled.timeoutMs], ['timeout', 400]);
  });

  it('does not take a descriptor that is only for writing for its input', async () => {
    const { end, stdout } = await run('xargs -r echo <&1');
    assert.deepEqual([end.exitCode, stdout], [1, '']);
  });

  it('refuses what would not reach the program as it was judged', async () => {
    writeFileSync(join(workspace, 'list'), Buffer.from([0x61, 0xff, 0x0a]));
    const { end, output } = await run('xargs echo < list');
    assert.equal(end.exitCode, 1);
    assert.match(output, /UTF-8/);
  });
});
