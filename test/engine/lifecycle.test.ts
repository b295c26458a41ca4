import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Docker from 'dockerode';
import { AirlockError } from '../../src/base/errors.js';
import { silentLogger } from '../../src/base/logger.js';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { labels, PRODUCT } from '../../src/sandbox/labels.js';
import { createSandboxHost } from '../../src/session/host.js';
import { shownKeys } from '../../src/workspace/review/shown-keys.js';
import {
  assertNothingLeft,
  type Bench,
  collectEvents,
  exists,
  installDir,
  KEY,
  openBench,
  waitFor,
} from './harness.js';

const WRITE = { tool: 'write_file', input: { path: 'new.txt', content: 'captured\n' } };

describe('life cycle', () => {
  let bench: Bench;
  afterEach(() => bench.dispose());

  it('stops within a second while the model hangs, and keeps what was captured', async () => {
    bench = await openBench({ script: [[WRITE], [{ hang: true }]] });
    const session = await bench.host.start(bench.request());
    await waitFor('the change', () => session.review.list().length === 1);
    const began = Date.now();
    await session.stop();
    assert.deepEqual(await session.done, { kind: 'cancelled' });
    assert.ok(Date.now() - began < 5000, 'stopping took too long');
    assert.equal(session.review.get('new.txt')?.decision, 'pending');
    await assertNothingLeft(bench, session.id);
  });

  it('stops in every phase of the start', async () => {
    bench = await openBench({ script: [[{ text: 'ok' }]] });
    for (const phase of ['engine', 'workspace', 'container', 'guest', 'agent'] as const) {
      const session = await bench.host.start(bench.request());
      session.onEvent((event) => {
        if (event.type === 'phase' && event.phase === phase) void session.stop();
      });
      assert.equal((await session.done).kind, 'cancelled', `${phase}: ${bench.log.join('\n')}`);
      await assertNothingLeft(bench, session.id);
    }
  });

  it('names the cause when the sandbox runs out of memory, and when it is removed by hand', async () => {
    bench = await openBench({
      script: [[WRITE], [{ tool: 'run_command', input: { command: 'sleep 60' } }], [{ text: 'ok' }]],
    });
    const session = await bench.host.start(bench.request({ preset: 'unrestricted-in-sandbox' }));
    const events = collectEvents(session);
    await waitFor('the sleep', () =>
      events.some((event) => event.type === 'tool' && event.tool === 'run_command'),
    );
    await waitFor('the capture', () => session.review.list().length === 1);
    await bench.engine.removeContainer(`airlock-${session.id}`);
    const outcome = await session.done;
    assert.equal(outcome.kind, 'failed');
    assert.ok(outcome.kind === 'failed' && outcome.error instanceof AirlockError);
    assert.equal(outcome.error.code, 'guest-failed');
    assert.equal(session.review.get('new.txt')?.decision, 'pending');
    await assertNothingLeft(bench, session.id);
  });

  it('ends a session at its time limit', async () => {
    bench = await openBench({ script: [[{ hang: true }]] });
    const { limits } = bench.request();
    const session = await bench.host.start(bench.request({ limits: { ...limits, sessionSeconds: 3 } }));
    const outcome = await session.done;
    assert.ok(outcome.kind === 'failed' && /did not finish within 3 s/.test(outcome.error.message));
    await assertNothingLeft(bench, session.id);
  });

  it('reports a model that refuses the key', async () => {
    bench = await openBench({ script: [[{ status: 401, error: 'invalid key' }]] });
    const session = await bench.host.start(bench.request());
    const outcome = await session.done;
    assert.ok(outcome.kind === 'failed' && outcome.error instanceof AirlockError);
    assert.equal(outcome.error.code, 'agent-failed');
    assert.match(outcome.error.message, /refused the key/);
  });

  it('leaves nothing after the owner was killed: the next start removes it and offers the review', async () => {
    bench = await openBench({ script: [[WRITE], [{ hang: true }]] });
    const keyFile = join(bench.dir, 'key');
    await writeFile(keyFile, KEY);
    const child = spawn(
      process.execPath,
      [
        ...['dist/cli.js', 'run', '--workspace', bench.workspace, '--prompt', 'x', '--json'],
        ...['--model-url', bench.model.url, '--key-file', keyFile, '--state-dir', bench.stateDir],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let seen = '';
    child.stdout.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
    });
    await waitFor('the running session', () => seen.includes('"tool-result"'));
    const [sessionId = ''] = await readdir(join(bench.stateDir, 'sessions'));
    const review = join(bench.stateDir, 'sessions', sessionId, 'review.json');
    await waitFor('the capture', async () => (await readFile(review, 'utf8')).includes('new.txt'));
    assert.deepEqual(await bench.host.openReviews(), [], 'another live process holds it');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const { failures, removed } = await bench.host.reconcile();
    assert.deepEqual(failures, []);
    assert.ok(removed >= 3, `removed ${removed}`);
    await assertNothingLeft(bench, sessionId);
    const [left] = await bench.host.openReviews(bench.workspace);
    assert.equal(left?.get('new.txt')?.decision, 'pending');
    const [outcome] = (await left?.approveAll(shownKeys(left.list()))) ?? [];
    assert.equal(outcome?.kind, 'applied');
  });

  it('leaves nothing behind for a user who is not root', async () => {
    bench = await openBench({
      script: [[{ tool: 'run_command', input: { command: 'rm old.txt' } }], [{ text: 'ok' }]],
    });
    const { gid } = await stat('/var/run/docker.sock');
    await writeFile(join(bench.workspace, 'old.txt'), 'x');
    const keyFile = join(bench.dir, 'key');
    await writeFile(keyFile, KEY);
    await mkdir(bench.stateDir);
    for (const path of [bench.dir, bench.workspace, join(bench.workspace, 'old.txt'), bench.stateDir]) {
      await chown(path, 12_345, gid);
    }
    const child = spawn(
      process.execPath,
      [
        ...['dist/cli.js', 'run', '--workspace', bench.workspace, '--prompt', 'x', '--approve', 'all'],
        ...['--strategy', 'overlay', '--model-url', bench.model.url, '--key-file', keyFile],
        ...['--state-dir', bench.stateDir],
      ],
      {
        uid: 12_345,
        gid,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, HOME: '/nonexistent' },
      },
    );
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const [status] = await once(child, 'exit');
    assert.equal(status, 0, (await output).join('\n'));
    assert.ok(!(await exists(join(bench.workspace, 'old.txt'))));
    const [sessionId = ''] = await readdir(join(bench.stateDir, 'sessions'));
    await assertNothingLeft(bench, sessionId);
  });

  it('never removes what belongs to a live process', async () => {
    bench = await openBench({ script: [[{ hang: true }]] });
    const session = await bench.host.start(bench.request());
    const events = collectEvents(session);
    await waitFor('running', () =>
      events.some((event) => event.type === 'phase' && event.phase === 'running'),
    );
    await bench.host.reconcile();
    const owned = await bench.engine.listOwned({ [labels.product]: PRODUCT, [labels.session]: session.id });
    assert.equal(owned.length, 2);
    await session.stop();
  });
});

describe('engine errors', () => {
  const failing = (docker: Docker) =>
    createSandboxHost(
      {
        stateDir: '/nonexistent',
        installDir,
        version: '0',
        key: async () => undefined,
        logger: silentLogger,
        confirm: async () => ({ kind: 'deny' }),
      },
      new DockerEngine(docker),
    );

  it('says what to do when no engine answers', async () => {
    const { failures } = await failing(new Docker({ socketPath: '/nonexistent/docker.sock' })).reconcile();
    assert.equal(failures[0]?.code, 'engine-missing');
    assert.match(failures[0]?.message ?? '', /Start Docker/);
  });
});
