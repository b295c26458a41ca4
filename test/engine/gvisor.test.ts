import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AirlockError } from '../../src/base/errors.js';
import { AGENT_ID, RUNNER_ID } from '../../src/sandbox/build-spec.js';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { SandboxImage } from '../../src/sandbox/image.js';
import { type OwnEngine, startOwnEngine } from '../kills/own-engine.js';
import type { ScriptInput } from '../model-server/script.js';
import type { Finding } from '../probe/attempt.js';
import { runSource } from './exec-in.js';
import {
  assertNothingLeft,
  type Bench,
  collectEvents,
  installDir,
  openBench,
  readAudit,
  startHanging,
} from './harness.js';

const RUNTIME = 'runsc';
/** What an old gVisor that was told to ignore control groups does not show from inside. */
const UNPROVEN = [
  ...[
    'mounts',
    'no-new-privileges',
    'processes-apart',
    'seccomp',
    'memory',
    'swap',
    'processes',
    'processor',
    'file-limits',
  ],
];

/**
 * What it lets a program do, all of it inside its own kernel: namespaces and device nodes that lead nowhere; what it does
 * not show of a process; and, in this old version, the other user's entries of /proc.
 */
const OPEN_IN_GVISOR = [
  ...['status.CapAmb', 'status.NoNewPrivs', 'status.Seccomp', 'nice', 'mknod.character', 'mknod.block'],
  ...['unshare.newns', 'unshare.newuser', 'unshare.user-and-mount', 'seccomp.clone_new_user'],
  ...['process.environ', 'process.maps', 'process.fd'],
];

describe('gVisor', function () {
  this.timeout(180_000);
  let dir: string;
  let own: OwnEngine;
  let bench: Bench;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-runsc-'));
    const wrapper = join(dir, RUNTIME);
    // Debian's cannot use control groups of version 2, nor always those of version 1.
    await writeFile(wrapper, '#!/bin/sh\nexec runsc --network=none --ignore-cgroups "$@"\n');
    await chmod(wrapper, 0o755);
    const image = new SandboxImage(new DockerEngine(), { installDir, version: '1' });
    await image.ensure(() => undefined, new AbortController().signal);
    own = await startOwnEngine((await image.status()).sandbox.tag, [
      '--add-runtime',
      `${RUNTIME}=${wrapper}`,
    ]);
  });
  after(async () => {
    await own?.dispose();
    await rm(dir, { recursive: true, force: true });
  });
  afterEach(() => bench.dispose());

  const openOn = (script: ScriptInput) => openBench({ script, engine: new DockerEngine(own.docker) });

  it('starts nothing while what it cannot prove was not accepted, and says how to', async () => {
    bench = await openOn([[{ text: 'never' }]]);
    const session = await bench.host.start(bench.request({ runtime: RUNTIME }));
    const outcome = await session.done;
    assert.ok(
      outcome.kind === 'failed' && /"runsc" does not let the sandbox prove/.test(outcome.error.message),
    );
    assert.equal(bench.model.requests.length, 0);
    await assertNothingLeft(bench, session.id);
  });

  it('is an error where the engine does not have it, and nothing else is taken', async () => {
    bench = await openOn([[{ text: 'never' }]]);
    const session = await bench.host.start(bench.request({ runtime: 'kata' }));
    const outcome = await session.done;
    assert.ok(outcome.kind === 'failed' && outcome.error instanceof AirlockError);
    assert.equal(outcome.error.code, 'runtime-missing');
    assert.match(outcome.error.message, /no runtime "kata".*runsc/);
    await assertNothingLeft(bench, session.id);
  });

  it('runs a session: the workspace is a copy, tools work, and the change waits for review', async () => {
    bench = await openOn([
      [{ tool: 'write_file', input: { path: 'new.txt', content: 'from gVisor\n' } }],
      [{ tool: 'run_command', input: { command: 'cat new.txt /proc/version' } }],
      [{ expect: { lastToolResultIncludes: ['from gVisor', 'Linux version 4.4.0'] } }, { text: 'ok' }],
    ]);
    const request = bench.request({
      runtime: RUNTIME,
      preset: 'unrestricted-in-sandbox',
      acceptedUnproven: { [RUNTIME]: UNPROVEN },
    });
    const session = await bench.host.start(request);
    const events = collectEvents(session);
    assert.equal((await session.done).kind, 'completed', bench.log.join('\n'));
    assert.deepEqual(
      session.review.list().map(({ change }) => change.path),
      ['new.txt'],
    );
    for (const event of events) {
      if (event.type !== 'self-test') continue;
      const open = event.results.filter(({ status }) => status !== 'proven');
      console.log(`      ${event.principal}: not proven ${open.map(({ id }) => id).join(', ')}`);
      assert.ok(open.every(({ id, status }) => status === 'not-provable' && UNPROVEN.includes(id)));
    }
    const [start] = await readAudit(bench, session.id);
    assert.equal(start?.runtime, RUNTIME);
    await assertNothingLeft(bench, session.id);
  });

  for (const [role, uid] of [
    ['agent', AGENT_ID],
    ['runner', RUNNER_ID],
  ] as const) {
    it(`refuses every way out to the ${role}'s uid, but for these`, async () => {
      bench = await openOn([[{ hang: true }]]);
      const session = await startHanging(bench, {
        runtime: RUNTIME,
        acceptedUnproven: { [RUNTIME]: UNPROVEN },
      });
      const source = await readFile('out/probe.js', 'utf8');
      const { stdout } = await runSource(
        `airlock-${session.id}`,
        `${uid}:${uid}`,
        source,
        [role],
        own.docker,
      );
      const lines = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Finding & { name: string });
      // The probe expects our filter's EPERM; any other error is a refusal of gVisor's own.
      const open = lines.filter(({ blocked, detail }) => !blocked && !/^E[A-Z]+$/.test(detail));
      console.log(`      ${role}, runsc: ${lines.length} attempts, ${lines.length - open.length} blocked`);
      assert.ok(lines.length >= 100, `only ${lines.length} attempts`);
      assert.deepEqual(
        open.map(({ name }) => name).filter((name) => !OPEN_IN_GVISOR.includes(name)),
        [],
      );
      await session.stop();
    });
  }
});
