import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import Docker from 'dockerode';
import { AirlockError } from '../../src/base/errors.js';
import { currentOwner, formatOwner } from '../../src/base/owner.js';
import { buildSpec, programs, RUNNER_ID } from '../../src/sandbox/build-spec.js';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import { SandboxImage } from '../../src/sandbox/image.js';
import { labels } from '../../src/sandbox/labels.js';
import { defaultLimits } from '../../src/session/api.js';
import { sandboxLimits } from '../../src/session/sandbox/sandbox-limits.js';
import { installDir } from './harness.js';

const never = new AbortController().signal;

describe('sandbox image', () => {
  const engine = new DockerEngine();
  const docker = new Docker();
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-image-'));
    await cp(join(installDir, 'image'), join(dir, 'image'), { recursive: true });
    await cp(join(installDir, 'dist/guest'), join(dir, 'dist/guest'), { recursive: true });
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('is built once from the very files that are shipped, and labelled with them', async () => {
    // A file of its own makes an image that cannot be there yet.
    await writeFile(join(dir, 'dist/guest/extra.js'), `// ${Math.random()}`);
    const progress: string[] = [];
    const id = await new SandboxImage(engine, { installDir: dir, version: '9.9.9' }).ensure(
      (line) => progress.push(line),
      never,
    );
    try {
      assert.ok(progress.length > 0);
      const inspected = await docker.getImage(id).inspect();
      assert.equal(inspected.Config.Labels?.[labels.version], '9.9.9');
      assert.match(inspected.Config.Labels?.[labels.contentHash] ?? '', /^[0-9a-f]{64}$/);
      const again: string[] = [];
      assert.equal(
        await new SandboxImage(engine, { installDir: dir, version: '9.9.9' }).ensure(
          (line) => again.push(line),
          never,
        ),
        id,
      );
      assert.deepEqual(again, []);
    } finally {
      await docker.getImage(id).remove({ force: true });
    }
  });

  for (const [name, argv] of Object.entries(programs)) {
    it(`holds code of the ${name} that its Node takes with the flags it is started with`, async () => {
      const id = await new SandboxImage(engine, { installDir, version: '1' }).ensure(() => undefined, never);
      const output = new PassThrough();
      const answered = text(output);
      const [{ StatusCode }, container] = await docker.run(id, [...argv, '--compile'], output, {
        User: '0:0',
        HostConfig: { NetworkMode: 'none' },
      });
      await container.remove();
      assert.equal(StatusCode, 0);
      assert.match(await answered, /^used\s*$/);
    });
  }

  it('says what to do when it is missing and cannot be built', async () => {
    await writeFile(join(dir, 'image/base.Dockerfile'), `FROM airlock.invalid/none:${Math.random()}\n`);
    await assert.rejects(
      new SandboxImage(engine, { installDir: dir, version: '1' }).ensure(() => undefined, never),
      (error) =>
        error instanceof AirlockError && error.code === 'image-missing' && /try again/.test(error.nextStep),
    );
  });
});

describe('a container that cannot start', () => {
  it('is a start failure that says what the engine said', async () => {
    const engine = new DockerEngine();
    const image = await new SandboxImage(engine, { installDir, version: '1' }).ensure(() => undefined, never);
    const name = `airlock-test-${process.pid}`;
    const spec = buildSpec({
      sessionId: name,
      owner: formatOwner(currentOwner()),
      version: '1',
      image,
      env: [],
      runtime: undefined,
      runnerUid: RUNNER_ID,
      runnerGid: RUNNER_ID,
      limits: sandboxLimits(defaultLimits, { cpus: 1 }),
      mounts: [{ kind: 'volume', name, target: '/workspace', readOnly: false, seedFromImage: false }],
    });
    const o = 'lowerdir=/nonexistent/lower,upperdir=/nonexistent/upper,workdir=/nonexistent/work';
    await engine.createVolume({
      name,
      labels: spec.labels,
      options: { type: 'overlay', device: 'overlay', o },
    });
    const id = await engine.createContainer(spec);
    try {
      await assert.rejects(
        engine.start(id),
        (error) => error instanceof AirlockError && error.code === 'start-failed' && /mount/.test(error.what),
      );
    } finally {
      await engine.removeContainer(id);
      await engine.removeVolume(name);
    }
  });
});
