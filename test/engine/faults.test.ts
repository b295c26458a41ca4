import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Docker from 'dockerode';
import { labels, PRODUCT } from '../../src/sandbox/labels.js';
import {
  assertNothingLeft,
  type Bench,
  collectEvents,
  giveToUser,
  KEY,
  openBench,
  waitFor,
} from './harness.js';

const write = (index: number, content = `${index}\n`) => [
  { delayMs: 300, tool: 'write_file', input: { path: `new-${index}.txt`, content } },
];
const SCRIPT = [write(0), write(1), write(2), [{ text: 'Done.' }]];

interface Window {
  readonly child: ReturnType<typeof spawn>;
  readonly lines: Record<string, unknown>[];
  readonly ended: Promise<unknown>;
  find(key: string): unknown;
}

describe('faults around a session', function () {
  this.timeout(90_000);
  let bench: Bench;
  const windows: Window[] = [];
  afterEach(async () => {
    for (const { child } of windows.splice(0)) child.kill('SIGKILL');
    await bench.host.reconcile();
    await bench.dispose();
  });

  /** A session in a process of its own, as the extension host of another window has it. */
  async function openWindow(version = 'kills'): Promise<Window> {
    const keyFile = join(bench.dir, 'key');
    await writeFile(keyFile, KEY);
    const { workspace, stateDir, model } = bench;
    const options = { workspace, stateDir, modelUrl: model.url, keyFile, version };
    const child = spawn(process.execPath, ['out/kill-driver.js', JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: Record<string, unknown>[] = [];
    let rest = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts.map((line) => JSON.parse(line) as Record<string, unknown>));
    });
    const find = (key: string) => lines.findLast((line) => line[key] !== undefined)?.[key];
    const opened = { child, lines, ended: once(child, 'close'), find };
    windows.push(opened);
    return opened;
  }

  it('a container paused from outside is told of, waited for, and goes on', async () => {
    bench = await openBench({ script: SCRIPT });
    const session = await bench.host.start(bench.request());
    const events = collectEvents(session);
    const notices = () => events.flatMap((event) => (event.type === 'notice' ? [event.text] : []));
    await waitFor('the first change', () => session.review.list().length > 0);
    const container = new Docker().getContainer(`airlock-${session.id}`);
    await container.pause();
    await waitFor(
      'the pause to be noticed',
      () => notices().some((text) => /paused from outside/.test(text)),
      60_000,
    );
    await container.unpause();
    assert.equal((await session.done).kind, 'completed', bench.log.join('\n'));
    assert.ok(
      notices().every((text) => /paused from outside|answers again/.test(text)),
      notices().join('\n'),
    );
    assert.equal(session.review.list().length, 3);
    await assertNothingLeft(bench, session.id);
  });

  it('a window that is stopped for a while, as a sleeping laptop stops it, goes on', async () => {
    bench = await openBench({ script: SCRIPT });
    const window = await openWindow();
    await waitFor('the first change', () => window.find('captured') !== undefined);
    window.child.kill('SIGSTOP');
    await delay(4_000);
    window.child.kill('SIGCONT');
    await window.ended;
    assert.equal(window.find('end'), 'completed', JSON.stringify(window.lines));
    assert.deepEqual(window.find('captured'), ['new-0.txt', 'new-1.txt', 'new-2.txt']);
    await assertNothingLeft(bench, String(window.find('session')));
  });

  it('two windows on one folder do not touch what is the other one’s', async () => {
    bench = await openBench({ script: SCRIPT });
    const first = await openWindow();
    await waitFor('the first window', () => first.find('phase') === 'running');
    // Removes leftovers when it starts, as every window does.
    const second = await openWindow();
    await Promise.all([first.ended, second.ended]);
    for (const window of [first, second]) {
      assert.equal(window.find('end'), 'completed', JSON.stringify(window.lines));
      await assertNothingLeft(bench, String(window.find('session')));
    }
    const reviews = await bench.host.openReviews(bench.workspace);
    assert.deepEqual(
      reviews.map((review) => review.list().length),
      [3, 3],
    );
  });

  it('a session of another version is left alone while it runs, and cleaned up after', async () => {
    bench = await openBench({ script: [write(0), [{ hang: true }]] });
    const window = await openWindow('0.0.1-other');
    await waitFor('the first change', () => window.find('captured') !== undefined);
    const id = String(window.find('session'));
    const owned = () => bench.engine.listOwned({ [labels.product]: PRODUCT, [labels.session]: id });
    assert.deepEqual(await bench.host.reconcile(), { removed: 0, failures: [] });
    assert.equal((await owned()).length, 2);
    window.child.kill('SIGKILL');
    await window.ended;
    await bench.host.reconcile();
    await assertNothingLeft(bench, id);

    // What only a later version can read is neither moved nor offered.
    const file = join(bench.stateDir, 'sessions', id, 'review.json');
    const stored = await readFile(file, 'utf8');
    const later = JSON.stringify({ ...JSON.parse(stored), version: 2, items: 'of another form' });
    await writeFile(file, later);
    assert.deepEqual(await bench.host.openReviews(bench.workspace), []);
    await bench.host.reconcile();
    assert.equal(await readFile(file, 'utf8'), later);
    assert.ok(bench.log.some((line) => /later version of Airlock/.test(line)));
    await writeFile(file, stored);
    const [review] = await bench.host.openReviews(bench.workspace);
    assert.equal(review?.get('new-0.txt')?.decision, 'pending');
  });

  it('a full disk for the state: what was captured before stays, and the cause is named', async () => {
    const large = 'x'.repeat(1024 * 1024);
    const script = [0, 1, 2, 3, 4, 5].map((index) => write(index, `${index}${large}`));
    bench = await openBench({ script: [...script, [{ text: 'Done.' }]] });
    await mkdir(bench.stateDir);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=0700,size=4m', 'airlock-test', bench.stateDir]);
    try {
      const { limits } = bench.request();
      const request = bench.request({ strategy: 'copy', limits: { ...limits, freeDiskMb: 0 } });
      await giveToUser(bench.workspace);
      const session = await bench.host.start(request);
      const events = collectEvents(session);
      const outcome = await session.done;
      const told = [
        ...events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])),
        ...(outcome.kind === 'failed' ? [outcome.error.message] : []),
      ].join('\n');
      assert.match(told, /ENOSPC|no space|disk/i, told);
      const kept = session.review.list().map(({ change }) => change.path);
      assert.ok(kept.length > 0 && kept.length < 6, kept.join());
      for (const item of session.review.list()) {
        const bytes = await session.review.read(item.change.path, 'after');
        assert.ok(bytes.length > 1024 * 1024);
      }
      await assertNothingLeft(bench, session.id);
    } finally {
      await bench.host.dispose();
      execFileSync('umount', ['--lazy', bench.stateDir]);
    }
  });
});
