import assert from 'node:assert/strict';
import Docker from 'dockerode';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import type { ContainerFacts, ContainerSpec } from '../../src/sandbox/spec.js';
import { guarantees } from '../../src/session/guarantees/evaluate.js';
import { honestFacts } from '../unit/sandbox/posture/sample.js';
import { assertNothingLeft, type Bench, collectEvents, openBench, readAudit } from './harness.js';

type HostConfig = NonNullable<Docker.ContainerCreateOptions['HostConfig']>;

/** What an engine makes of a container although it says that it made what was asked for. */
interface Weakness {
  readonly id: string;
  readonly what: string;
  readonly made: (asked: HostConfig) => HostConfig;
}

const weaknesses: readonly Weakness[] = [
  { id: 'network', what: 'a bridge', made: () => ({ NetworkMode: 'bridge' }) },
  { id: 'read-only-root', what: 'a writable root', made: () => ({ ReadonlyRootfs: false }) },
  { id: 'capabilities', what: 'the default capabilities', made: () => ({ CapDrop: [] }) },
  { id: 'no-new-privileges', what: 'setuid programs', made: () => ({ SecurityOpt: [] }) },
  {
    id: 'seccomp',
    what: 'every system call',
    made: () => ({ SecurityOpt: ['no-new-privileges', 'seccomp=unconfined'] }),
  },
  { id: 'processes', what: 'any number of processes', made: () => ({ PidsLimit: -1 }) },
  {
    id: 'memory',
    what: 'more memory',
    made: ({ Memory = 0, MemorySwap = 0 }) => ({ Memory: Memory * 2, MemorySwap: MemorySwap * 2 }),
  },
];

/** Makes something else than it is asked for. */
function weakDocker({ made }: Weakness): Docker {
  const docker = new Docker();
  const dial = docker.modem.dial.bind(docker.modem);
  docker.modem.dial = (options, callback) => {
    const { path, options: asked } = options as {
      path: string;
      options?: { _body: { HostConfig: HostConfig } };
    };
    if (!path.startsWith('/containers/create') || asked === undefined) return dial(options, callback);
    const HostConfig = { ...asked._body.HostConfig, ...made(asked._body.HostConfig) };
    dial({ ...options, options: { ...asked, _body: { ...asked._body, HostConfig } } }, callback);
  };
  return docker;
}

class WeakEngine extends DockerEngine {
  #asked: ContainerSpec | undefined;

  constructor(weakness: Weakness) {
    super(weakDocker(weakness));
  }

  override createContainer(spec: ContainerSpec): Promise<string> {
    this.#asked = spec;
    return super.createContainer(spec);
  }

  override async inspect(id: string): Promise<ContainerFacts> {
    const made = await super.inspect(id);
    return this.#asked === undefined ? made : { ...made, ...honestFacts(this.#asked) };
  }
}

describe('self-test of a sandbox', () => {
  let bench: Bench;
  afterEach(() => bench.dispose());

  it('proves every guarantee to both users of a real container, in the audit log too', async () => {
    bench = await openBench({ script: [[{ text: 'done' }]] });
    const session = await bench.host.start(bench.request());
    const events = collectEvents(session);
    assert.equal((await session.done).kind, 'completed', bench.log.join('\n'));
    const tests = events.flatMap((event) => (event.type === 'self-test' ? [event] : []));
    assert.deepEqual(tests.map(({ principal }) => principal).sort(), ['agent', 'runner']);
    for (const { principal, results, ms } of tests) {
      assert.deepEqual(
        results.filter(({ status }) => status !== 'proven'),
        [],
        principal,
      );
      const others = principal === 'agent' ? 'processes-apart' : 'workspace-hidden';
      const promised = guarantees.filter(({ id }) => id !== others);
      assert.deepEqual(
        results.map(({ id }) => id),
        promised.map(({ id }) => id),
      );
      console.log(`      ${principal}: ${ms.toFixed(1)} ms`);
    }
    const records = (await readAudit(bench, session.id)).filter(({ kind }) => kind === 'self-test');
    assert.equal(records.length, 2);
  });

  for (const weakness of weaknesses) {
    it(`stops a session whose engine gave it ${weakness.what}`, async () => {
      bench = await openBench({ script: [[{ text: 'done' }]], engine: new WeakEngine(weakness) });
      const session = await bench.host.start(bench.request());
      const outcome = await session.done;
      assert.ok(outcome.kind === 'failed', outcome.kind);
      assert.match(outcome.error.message, new RegExp(`does not hold what it must: .*${weakness.id} \\(`));
      assert.equal(bench.model.requests.length, 0);
      await assertNothingLeft(bench, session.id);
      const records = (await readAudit(bench, session.id)).filter(({ kind }) => kind === 'self-test');
      assert.match(JSON.stringify(records), new RegExp(`"${weakness.id}","status":"failed"`));
    });
  }
});
