import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Counts for a second in slices of 200 ms, and prints how long that took by the monotonic clock. */
const COUNT = `
  const { startAwakeTimer } = require(process.argv[1]);
  setInterval(() => undefined, 1000);
  const began = performance.now();
  startAwakeTimer(1000, () => { console.log(performance.now() - began); process.exit(0); }, 200);
  console.log('started');`;

describe('a timer of the time awake', function () {
  this.timeout(40_000);

  it('does not count the time in which the process was stopped', async () => {
    const child = spawn(process.execPath, ['-e', COUNT, resolve('out/awake-timer.js')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    await once(child.stdout, 'data');
    await delay(300);
    child.kill('SIGSTOP');
    await delay(3_000);
    child.kill('SIGCONT');
    await once(child, 'close');
    // Of three seconds and more, one slice is counted; at the least 600 ms were left then.
    const seen = Number(output.trim().split('\n').at(-1));
    assert.ok(seen > 3_550, output);
  });
});
