import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { currentOwner, formatOwner, isAlive, parseOwner } from '../../../src/base/owner.js';
import { titleOf } from '../../../src/session/agent/tool-title.js';
import { defaultLimits } from '../../../src/session/api.js';
import { CaptureQueue } from '../../../src/session/capture/capture-queue.js';
import type { SessionEvent } from '../../../src/session/events.js';
import { ReplayEmitter } from '../../../src/session/record/replay-emitter.js';
import { sandboxLimits } from '../../../src/session/sandbox/sandbox-limits.js';

describe('owner of a session', () => {
  it('survives being written down', () => {
    const owner = currentOwner();
    assert.deepEqual(parseOwner(formatOwner(owner)), owner);
    for (const text of ['', 'host', 'host:1', 'host:x:1', 'a:b:1:2', `${'h'.repeat(300)}:1:1`]) {
      assert.equal(parseOwner(text), undefined, text);
    }
  });

  it('is alive while its process is, and dead after it', async () => {
    assert.ok(isAlive(currentOwner()));
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const owner = { ...currentOwner(), pid: child.pid ?? 0, start: 0 };
    assert.ok(isAlive(owner));
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(isAlive(owner), false);
  });

  it('is not a later process with the same number', () => {
    const owner = currentOwner();
    assert.equal(isAlive({ ...owner, start: owner.start + 1 }), false);
  });

  it('counts as alive on another machine, where it cannot be judged', () => {
    assert.ok(isAlive({ host: 'elsewhere', pid: 1, start: 1 }));
  });
});

describe('capture queue', () => {
  it('runs one at a time and once more for all that asked meanwhile', async () => {
    let running = 0;
    let count = 0;
    const queue = new CaptureQueue(async () => {
      running += 1;
      assert.equal(running, 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      count += 1;
    });
    await Promise.all([queue.request(), queue.request(), queue.request(), queue.request()]);
    assert.equal(count, 2);
    await queue.request();
    assert.equal(count, 3);
  });

  it('goes on after a failure', async () => {
    let fail = true;
    const queue = new CaptureQueue(async () => {
      if (fail) throw new Error('no');
    });
    const [first, second] = await Promise.allSettled([queue.request(), queue.request()]);
    assert.equal(first.status, 'rejected');
    assert.equal(second.status, 'rejected');
    fail = false;
    await queue.request();
  });
});

describe('events of a session', () => {
  it('reach a late listener, streamed text as one piece', () => {
    const emitter = new ReplayEmitter();
    emitter.emit({ type: 'phase', phase: 'running', atMs: 1 });
    emitter.emit({ type: 'text', text: 'one ' });
    emitter.emit({ type: 'text', text: 'two' });
    const late: SessionEvent[] = [];
    const stop = emitter.on((event) => late.push(event));
    emitter.emit({ type: 'text', text: '!' });
    stop();
    emitter.emit({ type: 'text', text: 'unheard' });
    assert.deepEqual(late, [
      { type: 'phase', phase: 'running', atMs: 1 },
      { type: 'text', text: 'one two' },
      { type: 'text', text: '!' },
    ]);
  });

  it('are bounded', () => {
    const emitter = new ReplayEmitter();
    for (let index = 0; index < 10_000; index += 1)
      emitter.emit({ type: 'model-call', status: index, ms: 0 });
    let count = 0;
    emitter.on(() => {
      count += 1;
    });
    assert.equal(count, 5_000);
  });
});

describe('limits and titles', () => {
  it('never asks for more processors than there are', () => {
    const limits = { ...defaultLimits, memoryMb: 512, cpus: 8, pids: 100 };
    assert.equal(sandboxLimits(limits, { cpus: 2 }).nanoCpus, 2e9);
    assert.equal(sandboxLimits({ ...limits, cpus: 0.5 }, { cpus: 2 }).nanoCpus, 5e8);
    assert.equal(sandboxLimits(limits, { cpus: 2 }).memorySwapBytes, 512 * 1024 * 1024);
  });

  it('shows a command as it is, hidden characters included', () => {
    const command = 'echo \u202eevil\n';
    assert.equal(titleOf({ tool: 'run_command', input: { command, cwd: '' } }), 'echo \\u{202e}evil\\u{a}');
  });
});
