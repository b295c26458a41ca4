import assert from 'node:assert/strict';
import type { ToolResult } from '../../src/protocol/tools.js';
import { type Fixture, type OpenSandbox, openFixture, openSandbox } from '../bench/fixture.js';
import { runSource } from './exec-in.js';
import { ownerId, waitFor } from './harness.js';

const LIST = `
const fs = require('fs');
const rows = fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name) && Number(name) !== process.pid);
const live = rows.flatMap((pid) => {
  try {
    if (fs.statSync('/proc/' + pid).uid !== ${ownerId}) return [];
    if (/^State:\\s+Z/m.test(fs.readFileSync('/proc/' + pid + '/status', 'utf8'))) return [];
    return [fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8').replaceAll('\\0', ' ').trim()];
  } catch { return []; }
});
process.stdout.write(JSON.stringify(live.filter((line) => line !== '')));`;

describe('processes of a command', function () {
  this.timeout(120_000);
  let fixture: Fixture;
  let open: OpenSandbox;
  before(async () => {
    fixture = await openFixture();
    open = await openSandbox(fixture, await fixture.makeWorkspace('processes', 1));
  });
  after(async () => {
    await open.dispose();
    await fixture.dispose();
  });

  const run = (
    command: string,
    timeoutMs = 60_000,
    signal = new AbortController().signal,
  ): Promise<ToolResult> =>
    open.sandbox.proxy.tool(
      { tool: 'run_command', input: { command, cwd: '', timeoutMs } },
      () => undefined,
      signal,
    );

  /** Lists from outside the tool proxy what its user still runs in the container. */
  async function listLeft(): Promise<readonly string[]> {
    const { stdout, stderr } = await runSource(open.container, `${ownerId}:${ownerId}`, LIST);
    assert.notEqual(stdout, '', stderr);
    return (JSON.parse(stdout) as string[]).filter((line) => !/tool-proxy\.js/.test(line));
  }

  async function assertNothingLeft(): Promise<void> {
    assert.deepEqual(await listLeft(), []);
  }

  const python = (code: string) => `python3 -c '${code}'`;
  const DEAF = 'import signal,time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(300)';
  const DAEMON =
    'import os,time\nif os.fork()==0:\n os.setsid()\n if os.fork()==0:\n  os.execve("/usr/bin/sleep",["sleep","300"],{})\n os._exit(0)';

  it('time-out: a script of several programs ends as a whole, whatever it was doing', async () => {
    for (const script of [
      'sleep 300 | cat | sleep 301; echo never',
      'while true; do sleep 0.05; done',
      'while :; do :; done',
      'x=$(sleep 300); echo never',
      '{ yes | cat; } > /dev/null; echo never',
      'for i in 1 2 3; do sleep 300 || sleep 300; done',
      'while echo y; do :; done | sleep 300',
    ]) {
      const started = performance.now();
      const result = await run(script, 500);
      assert.equal(result.end?.reason, 'timeout', `${script}: ${result.text}`);
      assert.match(result.text, /stopped after 500 ms/);
      assert.doesNotMatch(result.text, /never/);
      assert.ok(performance.now() - started < 5_000, script);
      await assertNothingLeft();
    }
  });

  it('time-out: a child that ignores SIGTERM is killed', async () => {
    const result = await run(`${python(DEAF)} | cat; echo never`, 500);
    assert.equal(result.end?.reason, 'timeout');
    assert.doesNotMatch(result.text, /never/);
    await assertNothingLeft();
  });

  it('cancel: everything that a pipeline started is gone', async () => {
    const abort = new AbortController();
    const call = run('{ sleep 300; echo a; } | cat | (sleep 301; cat)', 60_000, abort.signal);
    const isRefused = assert.rejects(call);
    await waitFor('the programs to run', async () => (await listLeft()).length >= 3);
    abort.abort();
    await isRefused;
    // The container is told by the reset of the stream, and answers nothing.
    await waitFor('them to be gone', async () => (await listLeft()).length === 0, 5_000);
    assert.equal((await run('echo still | cat')).text, 'still\n');
  });

  it('a double-forked daemon without the environment: ended with its script, which does not wait for it', async () => {
    const started = performance.now();
    const result = await run(`${python(DAEMON)}; echo next | cat; ${python(DAEMON)} | cat; echo end`, 4_000);
    // The second holds the pipe that `cat` reads, so bash would wait for it as well.
    assert.equal(result.end?.reason, 'timeout', result.text);
    assert.match(result.text, /^next\n/);
    await assertNothingLeft();
    const single = await run(`${python(DAEMON)}; echo x=$(${python(DAEMON)}; echo y)`);
    assert.match(single.text, /x=y/);
    assert.ok(performance.now() - started < 15_000);
    await assertNothingLeft();
  });

  it('a tree of ten thousand processes, as far as the limit lets it grow: killed, and the session goes on', async () => {
    const tree =
      'import os,time\nn=0\nwhile n<10000:\n try:\n  if os.fork()==0: time.sleep(300)\n  n+=1\n except OSError: break\nprint("grown", n>100, flush=True)\ntime.sleep(300)';
    const result = await run(`${python(tree)} | cat`, 5_000);
    assert.equal(result.end?.reason, 'timeout', result.text);
    assert.match(result.text, /grown True/);
    await assertNothingLeft();
    assert.equal((await run('echo still | cat')).text, 'still\n');
  });

  it('a gigabyte of output, and a line of a gigabyte: capped, counted, in bounded memory', async () => {
    for (const script of [
      'yes abcdefg | head -c 1000000000 | cat',
      'head -c 1000000000 /dev/zero | tr "\\0" x',
    ]) {
      const result = await run(script);
      assert.equal(result.end?.exitCode, 0, result.text.slice(-300));
      assert.ok((result.end?.cutBytes ?? 0) > 999_000_000, script);
      assert.match(result.text, /bytes cut/);
      assert.ok(result.text.length < 400_000);
    }
    await assertNothingLeft();
  });

  it('a substitution that never ends is stopped at its bound', async () => {
    const result = await run('x=$(yes); echo never');
    assert.equal(result.ok, false);
    assert.match(result.text, /the script was stopped: \$\(…\) gave more than/);
    await assertNothingLeft();
  });
});
