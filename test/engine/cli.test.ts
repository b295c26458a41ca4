import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  assertNothingLeft,
  type Bench,
  exists,
  giveToUser,
  KEY,
  openBench,
  readAudit,
  waitFor,
} from './harness.js';

const NOBODY = 12_345;
const HELLO = { tool: 'write_file', input: { path: 'hello.txt', content: 'by the agent\n' } };

interface CliEnd {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv, uid?: number): ChildProcess {
  return spawn(process.execPath, ['dist/cli.js', ...args], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

async function finish(child: ChildProcess): Promise<CliEnd> {
  assert.ok(child.stdout !== null && child.stderr !== null);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = await once(child, 'close');
  const [stdout, stderr] = await output;
  return { status, stdout, stderr };
}

describe('airlock run', function () {
  this.timeout(60_000);
  let bench: Bench;
  afterEach(() => bench.dispose());

  const argsFor = (more: readonly string[] = []) => [
    ...['run', '--workspace', bench.workspace, '--prompt', 'x', '--model-url', bench.model.url],
    ...['--state-dir', bench.stateDir, '--json', ...more],
  ];
  const run = (more: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
    finish(start(argsFor(more), { AIRLOCK_API_KEY: KEY, ...env }));
  const sessionIds = () => readdir(join(bench.stateDir, 'sessions'));
  const resultOf = ({ stdout }: CliEnd): Record<string, unknown> =>
    JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');

  it('ends with 0 when the work is done, with 5 on a conflict, and nothing is left', async () => {
    bench = await openBench({ script: [[HELLO], [{ delayMs: 1500, text: 'ok' }]] });
    const done = await run(['--approve', 'all']);
    assert.equal(done.status, 0, done.stderr);
    const file = join(bench.workspace, 'hello.txt');
    assert.equal(await readFile(file, 'utf8'), 'by the agent\n');
    await rm(file);

    const child = start(argsFor(['--approve', 'all']), { AIRLOCK_API_KEY: KEY });
    const ended = finish(child);
    await waitFor('the second turn', () => bench.model.requests.length === 4);
    await writeFile(file, 'by the user\n');
    const conflict = await ended;
    assert.equal(conflict.status, 5, conflict.stderr);
    assert.equal(await readFile(file, 'utf8'), 'by the user\n');
    assert.match(JSON.stringify(resultOf(conflict).conflicts), /hello\.txt/);
    for (const id of await sessionIds()) await assertNothingLeft(bench, id);
  });

  it('leaves the changes to be reviewed, and says how: looked at, approved, written and taken back', async () => {
    const edit = { tool: 'write_file', input: { path: 'kept.txt', content: 'a\nB\nc\n' } };
    bench = await openBench({ script: [[HELLO], [edit], [{ text: 'ok' }]] });
    const kept = join(bench.workspace, 'kept.txt');
    await writeFile(kept, 'a\nb\nc\n');
    await giveToUser(bench.workspace);
    const ended = await run(['--approve', 'none']);
    assert.equal(ended.status, 0, ended.stderr);
    const { sessionId, next } = resultOf(ended);
    const steps = (next as string[]).map((line) => line.split(' ').slice(1));
    assert.deepEqual(
      steps.map(([command]) => command),
      ['changes', 'diff', 'approve', 'apply'],
    );
    const [changes = [], diff = [], approve = [], apply = []] = steps;
    const follow = async (args: readonly string[]) => {
      const end = await finish(start(args, {}));
      assert.equal(end.status, 0, `${args.join(' ')}\n${end.stdout}${end.stderr}`);
      return end.stdout;
    };
    const { changes: listed } = JSON.parse(await follow([...changes, '--json'])) as {
      changes: { path: string; state: string }[];
    };
    assert.deepEqual(
      listed.map(({ path, state }) => [path, state]),
      [
        ['hello.txt', 'pending'],
        ['kept.txt', 'pending'],
      ],
    );
    const patch = await follow(diff);
    const copy = join(bench.dir, 'copy');
    await cp(bench.workspace, copy, { recursive: true });
    const applied = spawnSync('git', ['apply', '-'], { cwd: copy, input: patch, encoding: 'utf8' });
    assert.equal(applied.status, 0, applied.stderr);
    assert.equal(await exists(join(bench.workspace, 'hello.txt')), false);
    await follow(approve);
    await follow(apply);
    for (const name of ['hello.txt', 'kept.txt'])
      assert.equal(
        await readFile(join(bench.workspace, name), 'utf8'),
        await readFile(join(copy, name), 'utf8'),
      );
    await follow(['undo', '--workspace', bench.workspace, '--state-dir', bench.stateDir]);
    assert.equal(await exists(join(bench.workspace, 'hello.txt')), false);
    assert.equal(await readFile(kept, 'utf8'), 'a\nb\nc\n');
    assert.match(await follow(changes), /2 changes: 2 pending/);
    const decisions = (await readAudit(bench, String(sessionId)))
      .filter(({ kind }) => kind === 'change-decision')
      .map(({ decision }) => decision);
    assert.deepEqual(decisions.sort(), ['applied', 'applied', 'approved', 'approved', 'undone', 'undone']);
    await assertNothingLeft(bench, String(sessionId));
  });

  it('ends with 2 on wrong usage, and starts nothing', async () => {
    bench = await openBench({ script: [[{ text: 'ok' }]] });
    const wrong = [
      [],
      ['walk'],
      ['run'],
      ['run', '--workspace', bench.workspace],
      argsFor(['--strategy', 'vm']),
      argsFor(['--timeout', '0']),
      argsFor(['--no-such-option']),
      argsFor(['--key-file', '/nonexistent/key']),
      argsFor(['--model-url', 'http://192.0.2.1']),
      argsFor(['--workspace', '/nonexistent/folder']),
      argsFor(['--workspace', '/']),
    ];
    for (const args of wrong) {
      const end = await finish(start(args, { AIRLOCK_API_KEY: KEY }));
      assert.equal(end.status, 2, `${args.join(' ')}\n${end.stdout}${end.stderr}`);
      assert.ok(!end.stderr.includes('    at '), end.stderr);
    }
    assert.equal(bench.model.requests.length, 0);
  });

  it('ends with 3 when no engine answers', async () => {
    bench = await openBench({ script: [[{ text: 'ok' }]] });
    const end = await run([], { DOCKER_HOST: 'unix:///nonexistent/docker.sock' });
    assert.equal(end.status, 3, end.stderr);
    assert.match(JSON.stringify(resultOf(end).detail), /No container engine answers.*Start Docker/);
  });

  it('ends with 3 when the engine refuses the user, and says what to do', async () => {
    bench = await openBench({ script: [[{ text: 'ok' }]] });
    const dir = await mkdtemp(join(tmpdir(), 'airlock-socket-'));
    const socket = join(dir, 'docker.sock');
    const server = createServer().listen(socket);
    await once(server, 'listening');
    await chmod(socket, 0o000);
    await Promise.all([dir, bench.dir].map((path) => chmod(path, 0o777)));
    try {
      const env = { AIRLOCK_API_KEY: KEY, DOCKER_HOST: `unix://${socket}` };
      const uid = process.getuid?.() === 0 ? NOBODY : undefined;
      const end = await finish(start(argsFor(), env, uid));
      assert.equal(end.status, 3, end.stderr);
      assert.match(JSON.stringify(resultOf(end).detail), /refuses this user.*usermod -aG docker/);
    } finally {
      server.close();
      await rm(dir, { recursive: true });
    }
  });

  it('ends with 4 when the model refuses the key, and with 2 when there is none', async () => {
    bench = await openBench({ script: [[{ text: 'ok' }]] });
    const refused = await run([], { AIRLOCK_API_KEY: 'another-key' });
    assert.equal(refused.status, 4, refused.stderr);
    assert.ok(!`${refused.stdout}${refused.stderr}`.includes('another-key'));
    const none = await run([], { AIRLOCK_API_KEY: undefined });
    assert.equal(none.status, 2, none.stdout + none.stderr);
    assert.match(none.stderr, /No API key is stored for anthropic.*--key-file/);
    for (const id of await sessionIds()) await assertNothingLeft(bench, id);
  });

  it('ends with 4 on a signal, removes the sandbox, and keeps what was captured', async () => {
    bench = await openBench({ script: [[HELLO], [{ hang: true }]] });
    const child = start(argsFor(['--approve', 'all']), { AIRLOCK_API_KEY: KEY });
    const ended = finish(child);
    await waitFor('the capture', async () => {
      const [id] = await sessionIds().catch(() => []);
      if (id === undefined) return false;
      const stored = await readFile(join(bench.stateDir, 'sessions', id, 'review.json'), 'utf8').catch(
        () => '',
      );
      return stored.includes('hello.txt');
    });
    child.kill('SIGTERM');
    const end = await ended;
    assert.equal(end.status, 4, end.stderr);
    assert.equal(await exists(join(bench.workspace, 'hello.txt')), false);
    for (const id of await sessionIds()) await assertNothingLeft(bench, id);
    assert.equal((await bench.host.openReviews()).length, 1);
  });
});
