import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker, { type ContainerCreateOptions } from 'dockerode';
import { currentOwner, formatOwner } from '../../src/base/owner.js';
import { buildSpec, RUNNER_ID, volumeName } from '../../src/sandbox/build-spec.js';
import { toCreateOptions } from '../../src/sandbox/docker/create-options.js';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { SandboxImage } from '../../src/sandbox/image.js';
import { checkPosture } from '../../src/sandbox/posture/check-posture.js';
import type { ContainerSpec } from '../../src/sandbox/spec.js';
import { defaultLimits } from '../../src/session/api.js';
import { sandboxLimits } from '../../src/session/sandbox/sandbox-limits.js';
import { installDir } from './harness.js';

type HostConfig = NonNullable<ContainerCreateOptions['HostConfig']>;

/** What is weakened, and which rules must fail then: these, and no other. */
const weakened: readonly (readonly [string, Partial<HostConfig>, readonly string[]])[] = [
  // The engine switches SELinux off by itself for these three.
  [
    'privileged',
    { Privileged: true },
    ['CIS-5.3', 'CIS-5.5', 'PSS-proc-masked', 'PSS-proc-read-only', 'AIRLOCK-security-options'],
  ],
  ['a network', { NetworkMode: 'bridge' }, ['CIS-5.10', 'CIS-5.30']],
  ["the host's network", { NetworkMode: 'host' }, ['CIS-5.10', 'CIS-5.30']],
  ["the host's processes", { PidMode: 'host' }, ['CIS-5.3', 'CIS-5.16', 'AIRLOCK-security-options']],
  ["the host's IPC", { IpcMode: 'host' }, ['CIS-5.3', 'CIS-5.17', 'AIRLOCK-security-options']],
  ['IPC for others', { IpcMode: 'shareable' }, ['CIS-5.17']],
  ['no dropped capability', { CapDrop: [] }, ['CIS-5.4-dropped']],
  ['an added capability', { CapAdd: ['SYS_ADMIN'] }, ['CIS-5.4-added']],
  [
    'no seccomp',
    { SecurityOpt: ['no-new-privileges', 'seccomp=unconfined'] },
    ['CIS-5.22', 'AIRLOCK-security-options'],
  ],
  ['new privileges', { SecurityOpt: [] }, ['CIS-5.26', 'AIRLOCK-security-options']],
  ['a writable root', { ReadonlyRootfs: false }, ['CIS-5.13']],
  ['no memory limit', { Memory: 0, MemorySwap: 0 }, ['CIS-5.11', 'OWASP-7-swap']],
  ['no processor limit', { NanoCpus: 0 }, ['CIS-5.12']],
  ['no process limit', { PidsLimit: 0 }, ['CIS-5.29']],
  ['no ulimit', { Ulimits: [] }, ['CIS-5.19']],
  ['large shared memory', { ShmSize: 2 ** 30 }, ['AIRLOCK-shared-memory']],
  ['a restart', { RestartPolicy: { Name: 'always' } }, ['CIS-5.15']],
  ['removal at its end', { AutoRemove: true }, ['AIRLOCK-auto-remove']],
  [
    'a device',
    { Devices: [{ PathOnHost: '/dev/null', PathInContainer: '/dev/x', CgroupPermissions: 'rwm' }] },
    ['CIS-5.18'],
  ],
  ['a rule for devices', { DeviceCgroupRules: ['c 1:* rwm'] }, ['AIRLOCK-device-rules']],
  ['a group', { GroupAdd: ['0'] }, ['NSA-supplemental-groups']],
  ['another cgroup', { CgroupParent: '/elsewhere' }, ['CIS-5.25']],
  ['a kernel setting', { Sysctls: { 'kernel.shmmax': '1000' } }, ['PSS-sysctls']],
  ['an open /proc', { MaskedPaths: [] }, ['PSS-proc-masked']],
  ['a writable /proc', { ReadonlyPaths: [] }, ['PSS-proc-read-only']],
  ['no OOM killer', { OomKillDisable: true }, ['AIRLOCK-oom-kill']],
  ['a low OOM score', { OomScoreAdj: -500 }, ['AIRLOCK-oom-score']],
  ['no init', { Init: false }, ['AIRLOCK-init']],
  ['a log', { LogConfig: { Type: 'json-file', Config: {} } }, ['AIRLOCK-log-driver']],
  ['a host name', { ExtraHosts: ['up:127.0.0.1'] }, ['AIRLOCK-extra-hosts']],
  ['a name server', { Dns: ['127.0.0.1'] }, ['AIRLOCK-dns']],
  ['set-uid in /tmp', { Tmpfs: { '/tmp': 'rw,exec' } }, ['CIS-4.8', 'AIRLOCK-tmpfs', 'AIRLOCK-tmpfs-size']],
];

const engineSocket: NonNullable<HostConfig['Mounts']> = [
  { Type: 'bind', Source: '/var/run/docker.sock', Target: '/var/run/docker.sock' },
];

describe('the posture of a real container', () => {
  const engine = new DockerEngine();
  const docker = new Docker();
  let spec: ContainerSpec;
  let upper: string;
  let id = '';

  before(async function () {
    this.timeout(120_000);
    upper = await mkdtemp(join(tmpdir(), 'airlock-posture-'));
    const image = await new SandboxImage(engine, { installDir, version: '1' }).ensure(
      () => undefined,
      new AbortController().signal,
    );
    const sessionId = `posture-${process.pid}`;
    const volume = volumeName(sessionId);
    spec = buildSpec({
      sessionId,
      owner: formatOwner(currentOwner()),
      version: '1',
      image,
      env: ['AIRLOCK_AGENT={}'],
      runtime: undefined,
      runnerUid: RUNNER_ID,
      runnerGid: RUNNER_ID,
      limits: sandboxLimits(defaultLimits, { cpus: 1 }),
      mounts: [
        { kind: 'volume', name: volume, target: '/workspace', readOnly: false, seedFromImage: true },
        { kind: 'bind', source: upper, target: '/run/airlock/upper', readOnly: true },
      ],
    });
    await engine.createVolume({ name: volume, labels: spec.labels, options: {} });
  });
  after(async () => {
    await engine.removeVolume(volumeName(`posture-${process.pid}`));
    await rm(upper, { recursive: true });
  });
  afterEach(() => engine.removeContainer(id));

  async function rulesBroken(stage: 'made' | 'running' = 'made'): Promise<readonly string[]> {
    return checkPosture({ stage, asked: spec, container: await engine.inspect(id) }).map(({ rule }) => rule);
  }

  it('passes every rule, made and running', async () => {
    id = await engine.createContainer(spec);
    assert.deepEqual(await rulesBroken(), []);
    const { stdio } = await engine.attach(id);
    await engine.start(id);
    assert.deepEqual(await rulesBroken('running'), []);
    stdio.destroy();
  });

  it('is told of what was changed while it ran', async () => {
    id = await engine.createContainer(spec);
    const { stdio } = await engine.attach(id);
    await engine.start(id);
    await docker.getContainer(id).update({ RestartPolicy: { Name: 'always' }, PidsLimit: 0 });
    assert.deepEqual(await rulesBroken('running'), ['CIS-5.15', 'CIS-5.29']);
    stdio.destroy();
  });

  for (const [name, change, rules] of weakened) {
    it(`with ${name} breaks ${rules.join(' and ')}, and no other rule`, async () => {
      const options = toCreateOptions(spec);
      id = (await docker.createContainer({ ...options, HostConfig: { ...options.HostConfig, ...change } }))
        .id;
      assert.deepEqual(await rulesBroken(), rules);
    });
  }

  it("with the host's name breaks the rules for it", async () => {
    const { Hostname: _, ...options } = toCreateOptions(spec);
    const made = { ...options, HostConfig: { ...options.HostConfig, UTSMode: 'host' } };
    id = (await docker.createContainer(made)).id;
    assert.deepEqual(await rulesBroken(), ['CIS-5.21', 'AIRLOCK-hostname']);
  });

  it("with the engine's socket breaks the rules for it", async () => {
    const options = toCreateOptions(spec);
    const Mounts = [...(options.HostConfig?.Mounts ?? []), ...engineSocket];
    id = (await docker.createContainer({ ...options, HostConfig: { ...options.HostConfig, Mounts } })).id;
    const wanted = ['CIS-5.32', 'NSA-host-paths', 'AIRLOCK-mounts', 'AIRLOCK-mount-targets'];
    assert.deepEqual(await rulesBroken(), wanted);
  });

  it('with another program, user, check and connection breaks the rules for them', async () => {
    const options = toCreateOptions(spec);
    id = (
      await docker.createContainer({
        ...options,
        User: 'root',
        Entrypoint: ['/bin/sh'],
        Cmd: ['-c', 'id'],
        Healthcheck: { Test: ['CMD', '/bin/true'] },
        StdinOnce: false,
        Env: [...spec.env, 'LD_PRELOAD=/x.so'],
      })
    ).id;
    assert.deepEqual(await rulesBroken(), [
      ...['CIS-4.1', 'CIS-5.27', 'AIRLOCK-entrypoint', 'AIRLOCK-command', 'AIRLOCK-environment'],
      'AIRLOCK-stdin',
    ]);
  });
});
