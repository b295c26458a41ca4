import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProcesses, until } from './support/host-processes.js';
import { ProxyDriver } from './support/proxy-driver.js';

describe('tool proxy: commands', function () {
  this.timeout(30_000);
  let proxy: ProxyDriver;
  const script = (name: string, text: string) => writeFileSync(path.join(proxy.folder, name), text);
  /** Unique in every process's command line, so that nothing else is ever taken for ours. */
  const tag = () => `airlock-test-${process.pid}-${Math.random().toString(36).slice(2)}`;

  beforeEach(async () => {
    proxy = new ProxyDriver();
    await proxy.init();
  });
  afterEach(() => proxy.stop());

  it('runs a program directly and reports how it ended', async () => {
    const fine = await proxy.run("echo 'a b' '$HOME' '*'");
    assert.deepEqual([fine.ok, fine.text], [true, 'a b $HOME *\n']);
    assert.deepEqual(
      [fine.end?.exitCode, fine.end?.signal, fine.end?.reason, fine.end?.cutBytes],
      [0, null, 'exited', 0],
    );
    const failed = await proxy.run('ls /airlock-none');
    assert.equal(failed.ok, false);
    assert.match(failed.text, /No such file[\s\S]*\[airlock: exit code 2\]/);
    const killed = await proxy.run("python3 -c 'import os; os.kill(os.getpid(), 11)'");
    assert.deepEqual([killed.end?.exitCode, killed.end?.signal], [null, 'SIGSEGV']);
    assert.equal((await proxy.run('true')).text, '(no output)');
  });

  it('builds the environment from nothing and gives no stdin', async () => {
    const names = (await proxy.run('env')).text
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0] ?? '');
    const expected = [
      'AIRLOCK_CALL',
      'CI',
      'GIT_AUTHOR_EMAIL',
      'GIT_AUTHOR_NAME',
      'GIT_COMMITTER_EMAIL',
      'GIT_COMMITTER_NAME',
    ];
    assert.deepEqual(names.sort(), [
      ...expected,
      'GIT_PAGER',
      'GIT_TERMINAL_PROMPT',
      'HOME',
      'LANG',
      'LOGNAME',
      'PAGER',
      'PATH',
      'TERM',
      'TMPDIR',
      'USER',
    ]);
    assert.equal((await proxy.run('wc -c')).text.trim(), '0');
  });

  it('runs in the directory asked for', async () => {
    mkdirSync(path.join(proxy.folder, 'sub'));
    assert.equal((await proxy.run('pwd', { cwd: 'sub' })).text, `${proxy.folder}/sub\n`);
    assert.match((await proxy.run('pwd', { cwd: 'none' })).text, /does not exist/);
  });

  it('reports what cannot be started as a result', async () => {
    script('not-executable', 'x');
    for (const command of [
      'airlock-no-such-program',
      './not-executable',
      './none',
      `echo ${'x'.repeat(30_000)} ${'y'.repeat(2_000)}`,
    ]) {
      const { ok, end } = await proxy.run(command);
      if (command.startsWith('echo')) assert.equal(ok, true);
      else assert.deepEqual([ok, end?.reason, end?.exitCode], [false, 'spawn-failed', null], command);
    }
    assert.equal((await proxy.run('true')).ok, true);
  });

  it('finds a program by name in the fixed directories only', async () => {
    script('git', '#!/bin/sh\necho fake\n');
    assert.doesNotMatch((await proxy.run('git --version')).text, /fake/);
  });

  it('streams output while the command runs, in whole characters', async () => {
    script(
      'slow.py',
      "import sys,time\nb='é€😀'.encode()\nfor x in b:\n  sys.stdout.buffer.write(bytes([x])); sys.stdout.flush(); time.sleep(0.01)\ntime.sleep(0.3)\nsys.stderr.write('end')",
    );
    const started = Date.now();
    const stream = proxy.startTool('run_command', { command: 'python3 slow.py' });
    const arrivals: number[] = [];
    let text = '';
    for await (const chunk of stream) {
      arrivals.push(Date.now() - started);
      text += chunk;
    }
    const events = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).event);
    assert.equal(
      events
        .filter((event) => event.stream === 'stdout')
        .map((event) => event.text)
        .join(''),
      'é€😀',
    );
    assert.equal(events.at(-1).text, 'é€😀end');
    assert.ok((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0) > 250, `arrived at ${arrivals}`);
  });

  it('stops a command at its time, also one that ignores SIGTERM', async () => {
    script(
      'deaf.py',
      'import signal,time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint("on", flush=True)\ntime.sleep(60)',
    );
    const started = Date.now();
    const result = await proxy.run('python3 deaf.py', { timeoutMs: 500 });
    assert.deepEqual([result.ok, result.end?.reason, result.end?.signal], [false, 'timeout', 'SIGKILL']);
    assert.match(result.text, /^on\n\[airlock: stopped after 500 ms\]/);
    assert.ok(Date.now() - started < 3000);
    const polite = await proxy.run('sleep 60', { timeoutMs: 200 });
    assert.deepEqual([polite.end?.reason, polite.end?.signal], ['timeout', 'SIGTERM']);
  });

  const DAEMON = `import os,sys,time
def daemon(env):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for fd in (0,1,2) if sys.argv[1] == 'closed' else ():
                os.close(fd)
            os.execve('/usr/bin/python3', ['python3','-c','import time; time.sleep(300)', sys.argv[2]], env)
        os._exit(0)
daemon(os.environ)
if os.fork() == 0:
    os.execve('/usr/bin/python3', ['python3','-c','import time; time.sleep(300)', sys.argv[2]], {})
time.sleep(float(sys.argv[3]))
`;

  for (const stdio of ['closed', 'open']) {
    it(`leaves no daemon behind when a command ends (its stdio ${stdio})`, async () => {
      script('daemon.py', DAEMON);
      const name = tag();
      const started = Date.now();
      const result = await proxy.run(`python3 daemon.py ${stdio} ${name} 0.3`);
      assert.equal(result.end?.exitCode, 0, result.text);
      assert.deepEqual(findProcesses(name), []);
      assert.ok(Date.now() - started < 3000);
    });
  }

  it('kills the whole tree when the call is cancelled', async () => {
    script('daemon.py', DAEMON);
    const name = tag();
    const stream = proxy.startTool('run_command', { command: `python3 daemon.py closed ${name} 60` });
    stream.resume();
    await until('three processes run', () => findProcesses(name).length >= 3);
    stream.close(8);
    await until('all are gone', () => findProcesses(name).length === 0);
    assert.equal((await proxy.run('true')).ok, true);
  });

  it('ends one call without touching another', async () => {
    const [first, second] = [tag(), tag()];
    const sleeper = (name: string) => `python3 -c 'import time; time.sleep(60)' ${name}`;
    const stream = proxy.startTool('run_command', { command: sleeper(first) });
    stream.resume();
    const other = proxy.startTool('run_command', { command: sleeper(second) });
    other.resume();
    await until('both run', () => findProcesses(first).length === 1 && findProcesses(second).length === 1);
    stream.close(8);
    await until('the first is gone', () => findProcesses(first).length === 0);
    await delay(100);
    assert.equal(findProcesses(second).length, 1);
  });

  it('ends everything when the host goes away', async () => {
    script('daemon.py', DAEMON);
    const name = tag();
    proxy.startTool('run_command', { command: `python3 daemon.py closed ${name} 60` }).resume();
    await until('three processes run', () => findProcesses(name).length >= 3);
    assert.equal(await proxy.guest.stop(), 0);
    await until('all are gone', () => findProcesses(name).length === 0);
  });

  it('keeps head and tail of a gigabyte in bounded memory and counts what it cut', async () => {
    const size = 1_000_000_000;
    script(
      'flood.py',
      `import sys\nw=sys.stdout.buffer.write\nw(b'HEAD')\nfor _ in range(1000): w(b'x'*1000000)\nw(b'TAIL')`,
    );
    const { events, result } = await proxy.toolEvents('run_command', { command: 'python3 flood.py' });
    assert.equal(result.ok, true);
    assert.match(result.text, /^HEADx+\n\[airlock: \d+ bytes cut\]\nx+TAIL$/);
    assert.equal(result.end?.cutBytes, size + 8 - 256 * 1024);
    const live = events.reduce((sum, event) => sum + (event.type === 'output' ? event.text.length : 0), 0);
    assert.ok(live < 512 * 1024, `${live} characters were sent live`);
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${proxy.guest.child.pid}/status`, 'utf8'))?.[1];
    assert.ok(Number(peak) < 200 * 1024, `peak memory ${peak} kB`);
  });

  it('runs every call at once that the road admits', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => proxy.run(`echo ${i}`)));
    assert.deepEqual(
      results.map((result) => result.text.trim()),
      Array.from({ length: 20 }, (_, i) => String(i)),
    );
    assert.equal(existsSync(`/proc/${proxy.guest.child.pid}`), true);
  });
});
