import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { AirlockError } from '../../src/base/errors.js';
import { silentLogger } from '../../src/base/logger.js';
import { currentOwner, formatOwner } from '../../src/base/owner.js';
import { type AgentSpec, agentVariable } from '../../src/protocol/bridge.js';
import { AGENT_ID, buildSpec, RUNNER_ID, volumeName } from '../../src/sandbox/build-spec.js';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { SandboxImage } from '../../src/sandbox/image.js';
import { labels } from '../../src/sandbox/labels.js';
import { checkPosture } from '../../src/sandbox/posture/check-posture.js';
import type { ContainerSpec } from '../../src/sandbox/spec.js';
import { defaultLimits } from '../../src/session/api.js';
import { createSandboxHost } from '../../src/session/host.js';
import { sandboxLimits } from '../../src/session/sandbox/sandbox-limits.js';
import { runSource } from './exec-in.js';
import { assertNothingLeft, installDir, KEY, openBench } from './harness.js';

const agent: AgentSpec = { kind: 'builtin', provider: 'anthropic', model: 'scripted' };
const never = new AbortController().signal;

/** What a container does not take over from its image. */
const NEUTRALISED = `
USER root
WORKDIR /root
SHELL ["/bin/false"]
ENTRYPOINT ["/bin/sh", "-c", "touch /tmp/hostile; sleep 600"]
CMD ["hostile"]
HEALTHCHECK --interval=1s CMD touch /tmp/hostile
STOPSIGNAL SIGCONT
ONBUILD RUN touch /hostile
ENV PATH=/hostile HOME=/hostile LANG=hostile
LABEL ${labels.session}=hostile ${labels.owner}=hostile:1:1 ${labels.product}=hostile
`;

/** What it would, each with the rule that refuses it. */
const refused: readonly (readonly [string, string])[] = [
  ['ENV LD_PRELOAD=/hostile.so', 'AIRLOCK-environment'],
  ['ENV NODE_OPTIONS=--require=/hostile.js', 'AIRLOCK-environment'],
  ['ENV HARMLESS=1', 'AIRLOCK-environment'],
  ['ENV NODE_VERSION=\\$(hostile)', 'AIRLOCK-environment'],
  ['LABEL com.docker.compose.project=hostile', 'AIRLOCK-labels'],
  ['EXPOSE 22', 'CIS-5.9'],
];

describe('a hostile image', () => {
  const engine = new DockerEngine();
  const docker = new Docker();
  const sessionId = `hostile-${process.pid}`;
  const volume = volumeName(sessionId);
  let base: string;
  let image = '';
  let id = '';

  before(async function () {
    this.timeout(120_000);
    base = await new SandboxImage(engine, { installDir, version: '1' }).ensure(() => undefined, never);
  });
  beforeEach(() => engine.createVolume({ name: volume, labels: {}, options: {} }));
  afterEach(async () => {
    await engine.removeContainer(id);
    await engine.removeVolume(volume);
    await docker.getImage(image).remove({ force: true });
  });

  /** Builds the image and makes a container of it. */
  async function make(lines: string): Promise<ContainerSpec> {
    const tag = `airlock-test-hostile:${process.pid}`;
    const files = [{ path: 'Dockerfile', bytes: Buffer.from(`FROM ${base}\n${lines}\n`) }];
    await engine.buildImage(
      { tag, labels: {}, buildArgs: {}, network: 'none', files },
      () => undefined,
      never,
    );
    const built = await engine.findImage(tag);
    assert.ok(built !== undefined);
    image = built.id;
    const spec = buildSpec({
      sessionId,
      owner: formatOwner(currentOwner()),
      version: '1',
      image,
      env: [`${agentVariable}=${JSON.stringify(agent)}`],
      runtime: undefined,
      runnerUid: RUNNER_ID,
      runnerGid: RUNNER_ID,
      limits: sandboxLimits(defaultLimits, { cpus: 1 }),
      mounts: [{ kind: 'volume', name: volume, target: '/workspace', readOnly: false, seedFromImage: true }],
    });
    id = await engine.createContainer(spec);
    return spec;
  }

  async function rulesBroken(asked: ContainerSpec): Promise<readonly string[]> {
    return checkPosture({ stage: 'made', asked, container: await engine.inspect(id) }).map(
      ({ rule }) => rule,
    );
  }

  it('brings no program, user, folder, check, signal or label of its own', async () => {
    const spec = await make(NEUTRALISED);
    assert.deepEqual(await rulesBroken(spec), []);
    const { stdio } = await engine.attach(id);
    await engine.start(id);
    try {
      // Long enough for a health check.
      await new Promise((done) => setTimeout(done, 1500));
      const look = `
      const { readdirSync, readFileSync } = require('node:fs');
      const pids = readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name));
      const lines = pids.map((pid) => readFileSync('/proc/' + pid + '/cmdline', 'utf8'));
      console.log(JSON.stringify({ tmp: readdirSync('/tmp'), lines, uid: process.getuid() }));`;
      const { stdout } = await runSource(id, `${AGENT_ID}:${AGENT_ID}`, look);
      assert.match(stdout, /bridge\.js/);
      assert.doesNotMatch(stdout, /hostile/);
    } finally {
      stdio.destroy();
    }
  }).timeout(60_000);

  for (const [line, rule] of refused) {
    it(`with ${line} is refused by ${rule}`, async () => {
      assert.deepEqual(await rulesBroken(await make(line)), [rule]);
    }).timeout(60_000);
  }

  it('with VOLUME is refused, and the volume that it brought goes with the container', async () => {
    const spec = await make('VOLUME /data /workspace');
    assert.deepEqual(await rulesBroken(spec), [
      'AIRLOCK-mounts',
      'AIRLOCK-mount-targets',
      'AIRLOCK-image-volumes',
    ]);
    const { mounts } = await engine.inspect(id);
    const anonymous = mounts.find(({ target }) => target === '/data')?.source ?? '';
    assert.match(anonymous, /^[0-9a-f]{64}$/);
    await engine.removeContainer(id);
    await assert.rejects(docker.getVolume(anonymous).inspect(), /no such volume/);
  }).timeout(60_000);
});

describe('a session whose image is hostile', () => {
  it('ends before it starts, says which rules are broken, and leaves nothing', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'airlock-hostile-'));
    const bench = await openBench({ script: [[{ text: 'never asked' }]] });
    const docker = new Docker();
    const host = createSandboxHost({
      stateDir: bench.stateDir,
      installDir: dir,
      version: '1',
      key: async () => KEY,
      logger: silentLogger,
      confirm: async () => ({ kind: 'deny' }),
    });
    try {
      await cp(join(installDir, 'image'), join(dir, 'image'), { recursive: true });
      await cp(join(installDir, 'dist/guest'), join(dir, 'dist/guest'), { recursive: true });
      await writeFile(join(dir, 'dist/guest/extra.js'), `// ${process.pid}`);
      await appendFile(
        join(dir, 'image/Dockerfile'),
        '\nENV NODE_OPTIONS=--require=/hostile.js\nVOLUME /hostile\nUSER root\nENTRYPOINT ["/hostile"]\n',
      );
      const session = await host.start(bench.request());
      const outcome = await session.done;
      assert.ok(outcome.kind === 'failed' && outcome.error instanceof AirlockError);
      assert.equal(outcome.error.code, 'posture-failed');
      assert.match(outcome.error.message, /AIRLOCK-environment.*NODE_OPTIONS/);
      assert.match(outcome.error.message, /AIRLOCK-image-volumes/);
      assert.doesNotMatch(outcome.error.message, /CIS-4\.1|AIRLOCK-entrypoint/);
      assert.equal(bench.model.requests.length, 0);
      await assertNothingLeft(bench, session.id);
      const image = await new SandboxImage(bench.engine, { installDir: dir, version: '1' }).ensure(
        () => undefined,
        never,
      );
      await docker.getImage(image).remove({ force: true });
    } finally {
      await host.dispose();
      await bench.dispose();
      await rm(dir, { recursive: true, force: true });
    }
  }).timeout(120_000);
});
