import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PipePool } from '../../../../src/guest/process/pipe-pool.js';
import { ProcessTree } from '../../../../src/guest/process/process-tree.js';
import { runScript, type ScriptResult } from '../../../../src/guest/tool-proxy/shell/run-script.js';
import { parsePolicy } from '../../../../src/policy/policy.js';
import { loadPreset } from '../../../../src/policy/presets/index.js';
import { parseScript } from '../../../../src/policy/shell/parse.js';

describe('script interpreter', function () {
  this.timeout(30_000);
  let top: string;
  let workspace: string;
  const tree = new ProcessTree(false);
  const pipes = new PipePool();

  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'airlock-script-'));
    workspace = join(top, 'workspace');
    mkdirSync(join(workspace, 'dir'), { recursive: true });
    writeFileSync(join(top, 'outside.txt'), 'outside');
    writeFileSync(join(workspace, 'a.txt'), 'a\n');
    symlinkSync(top, join(workspace, 'out-link'));
    symlinkSync('../outside.txt', join(workspace, 'file-link'));
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  async function run(
    text: string,
    { policy = loadPreset('unrestricted-in-sandbox'), outputBytes = 65_536, timeoutMs = 10_000 } = {},
  ): Promise<ScriptResult> {
    const parsed = parseScript(text);
    assert.ok(parsed.ok, text);
    const context = {
      ...{ strategy: 'copy' as const, workspace, upperDir: '', commandMs: timeoutMs, outputBytes },
      ...{ policy: async () => policy, tree, pipes },
    };
    return runScript(
      context,
      parsed.script,
      { cwd: '', timeoutMs, asked: false },
      new AbortController().signal,
      () => undefined,
    );
  }

  const narrow = parsePolicy({
    version: 1,
    name: 'narrow',
    files: { read: {}, write: { allowed: true, denied: ['secret*'] } },
    commands: { cat: {}, ls: {} },
  });

  it('asks the policy with the words as they have become, and stops the whole script at a denial', async () => {
    const { denied, output } = await run('echo first; x=rm; cat a.txt; $x a.txt; echo never', {
      policy: narrow,
    });
    assert.equal(denied?.decision, 'deny');
    assert.equal(denied?.rule, 'default-deny');
    assert.equal(output, 'first\na\n');
    assert.ok(existsSync(join(workspace, 'a.txt')));
  });

  it('stops the other parts of a pipeline when one is denied', async () => {
    const started = Date.now();
    const { denied } = await run('{ cat a.txt; rm a.txt; } | cat | cat', { policy: narrow });
    assert.equal(denied?.rule, 'default-deny');
    assert.ok(Date.now() - started < 5_000);
  });

  it('touches no file of a command that is denied', async () => {
    assert.ok((await run('rm x > a.txt', { policy: narrow })).denied);
    assert.equal(readFileSync(join(workspace, 'a.txt'), 'utf8'), 'a\n');
  });

  for (const target of [
    '../outside.txt',
    'out-link/outside.txt',
    'file-link',
    'out-link/new',
    'secret.txt',
  ]) {
    it(`writes nothing through ${target}`, async () => {
      const { denied } = await run(`echo changed > ${target}; echo never`, { policy: narrow });
      assert.ok(denied, target);
      assert.equal(readFileSync(join(top, 'outside.txt'), 'utf8'), 'outside');
      assert.ok(!existsSync(join(top, 'new')) && !existsSync(join(workspace, 'secret.txt')));
    });
  }

  it('judges what a link inside the workspace leads to', async () => {
    symlinkSync('secret.txt', join(workspace, 'harmless'));
    assert.ok((await run('echo changed > harmless', { policy: narrow })).denied);
    assert.ok(!existsSync(join(workspace, 'secret.txt')));
  });

  it('leaves the workspace by no `cd`, not even through a link', async () => {
    for (const path of ['..', 'out-link', 'dir/../..', '/']) {
      const { denied } = await run(`x=${path}; cd "$x"; echo never`);
      assert.equal(denied?.rule, 'command.cwd', path);
    }
  });

  it('lists nothing outside the workspace for a pattern of a policy that keeps programs in', async () => {
    assert.equal((await run('echo out-link/*', { policy: narrow })).output, 'out-link/*\n');
    assert.match((await run('echo out-link/o*')).output, /out-link\/outside\.txt/);
  });

  it('refuses to redirect to what is no file', async () => {
    const { output, end } = await run('mkfifo f; echo a > f; echo $?');
    assert.deepEqual([output.endsWith('1\n'), end.exitCode], [true, 0]);
  });

  it('makes files like a shell', async () => {
    await run('echo a > new; echo b >> new; : > dir/empty');
    assert.equal(readFileSync(join(workspace, 'new'), 'utf8'), 'a\nb\n');
    assert.equal(statSync(join(workspace, 'new')).mode & 0o777, 0o666 & ~process.umask());
  });

  it('keeps the order of what programs and builtins write to both streams', async () => {
    const { output } = await run(
      "for i in 1 2 3; do echo o$i; ls nofile$i; sh -c 'echo p; echo q >&2'; done 2>&1 | grep -c .; echo a; ls nofile; echo b",
    );
    assert.match(output, /^12\na\nls: .*nofile.*\nb\n$/);
  });

  it('gives no program the variables of a script that were not exported', async () => {
    const { output } = await run('a=1; export b=2; c=3 env | grep "^[abc]="; env | grep -c "^PWD"');
    assert.deepEqual(
      output
        .split('\n')
        .filter((line) => /^[bc]=/.test(line))
        .sort(),
      ['b=2', 'c=3'],
    );
    assert.ok(output.endsWith('0\n'), output);
    assert.match((await run('cd dir; env | grep ^PWD')).output, /^PWD=.*\/dir\n$/);
  });

  for (const value of ['a[$(touch made)]', 'y', '1+1', '010', '0x1', ' 1', '9223372036854775808']) {
    it(`stops before the value "${value}" is run as an expression`, async () => {
      for (const use of ['$((x))', '$(($x))', '$((1 + -x))', '$((0 || x))']) {
        const { denied, output } = await run(`y=1; x='${value}'; echo ${use}; echo never`);
        assert.deepEqual([denied?.rule, output], ['arithmetic.value', ''], use);
      }
      assert.ok(!existsSync(join(workspace, 'made')));
    });
  }

  it('judges the program that a parameter expansion names', async () => {
    for (const word of [`\${x:-rm}`, `\${y:+rm}`, `\${z%x}`, `"\${z%x}"`, `r\${x:-m}`]) {
      const { denied } = await run(`x=; y=1; z=rmx; ${word} a.txt; echo never`, { policy: narrow });
      assert.equal(denied?.decision, 'deny', word);
    }
    assert.ok(existsSync(join(workspace, 'a.txt')));
  });

  it('is not held up by what a pattern could match', async () => {
    const started = performance.now();
    const grow = 'x=aaaaaaaaaaaaaaaa; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do x=$x$x; done; ';
    const { output } = await run(`${grow}echo \${x%%*a*a*a*b}z | tail -c 3; y=$x; echo \${x%$y}; echo never`);
    assert.match(
      output,
      /^az\n\n\[airlock: the script was stopped: \$\{x%…\}: the value or pattern is too long/,
    );
    assert.ok(performance.now() - started < 5_000);
  });

  it('asks the policy about the files that a condition looks at', async () => {
    const testing = parsePolicy({
      version: 1,
      name: 'testing',
      files: { read: { denied: ['secret*'] }, write: { allowed: false } },
      commands: { test: {} },
    });
    for (const path of ['/etc/passwd', '../outside.txt', 'secret.txt', '$PWD/../outside.txt']) {
      const { denied, output } = await run(`x="${path}"; echo first; [[ -e $x ]]; echo never`, {
        policy: testing,
      });
      assert.deepEqual([denied?.decision, output], ['deny', 'first\n'], path);
    }
    assert.equal(
      (await run('x=a.txt; [[ -f $x && ! -d a.txt ]] && echo yes', { policy: testing })).output,
      'yes\n',
    );
    assert.ok((await run('[[ -f a.txt ]]', { policy: narrow })).denied);
    assert.equal((await run('[[ a == a ]] && echo yes', { policy: narrow })).output, 'yes\n');
  });

  it('compares nothing but decimal numbers, and no extended patterns', async () => {
    for (const value of ['a[$(touch made)]', 'y', '1+1', '010', ' 1']) {
      const { denied } = await run(`y=1; x='${value}'; [[ 1 -eq $x ]]; echo never`);
      assert.equal(denied?.rule, 'test.value', value);
    }
    assert.ok(!existsSync(join(workspace, 'made')));
    assert.equal((await run("x='@(a|b)'; [[ a == $x ]]")).denied?.rule, 'test.pattern');
    assert.equal((await run('x=\'@(a|b)\'; [[ $x == "$x" ]]; echo $?')).output, '0\n');
  });

  it('ends a script or subshell at a division by zero', async () => {
    const { output, end } = await run(
      '(echo $((1 % 0)); echo never); echo $?; echo $((2 / 0)) || echo never',
    );
    assert.equal(output, '1 % 0: division by 0\n1\n2 / 0: division by 0\n');
    assert.equal(end.exitCode, 1);
  });

  it('bounds what words can grow to', async () => {
    const { output, end } = await run('x=aaaaaaaaaa; while true; do x=$x$x; done');
    assert.match(output, /the script was stopped: one command's words/);
    assert.equal(end.exitCode, 1);
  });

  it('lets a time-out end a loop of builtins', async () => {
    const { end } = await run('while true; do echo a > /dev/null; done', { timeoutMs: 300 });
    assert.equal(end.reason, 'timeout');
  });

  it('runs scripts at once without mixing their pipes', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        run(`seq ${index} | cat | cat | wc -l; echo $(echo ${index} | cat)`),
      ),
    );
    assert.deepEqual(
      results.map(({ output }) => output.replaceAll(/\s+/g, ' ').trim()),
      Array.from({ length: 20 }, (_, index) => `${index} ${index}`),
    );
  });

  it('says what became of a program that a signal killed', async () => {
    const { output, end } = await run("sh -c 'kill -9 $$'; echo $?");
    assert.deepEqual([output, end.exitCode], ['Killed\n137\n', 0]);
  });
});
