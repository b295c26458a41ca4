import assert from 'node:assert/strict';
import { DockerEngine } from '../../src/sandbox/docker/docker-engine.js';
import type { ContainerFacts, ContainerSpec } from '../../src/sandbox/spec.js';
import { guarantees } from '../../src/session/guarantees/evaluate.js';
import { assertNothingLeft, type Bench, collectEvents, openBench, readAudit } from './harness.js';

/** What an engine makes of a spec although it says that it made what was asked for. */
interface Weakness {
  readonly id: string;
  readonly what: string;
  readonly spec: (spec: ContainerSpec) => object;
  readonly said: (spec: ContainerSpec) => Partial<ContainerFacts>;
}

const weaknesses: readonly Weakness[] = [
  {
    id: 'network',
    what: 'a bridge',
    spec: () => ({ networkMode: 'bridge' }),
    said: () => ({ networkMode: 'none' }),
  },
  {
    id: 'read-only-root',
    what: 'a writable root',
    spec: () => ({ readOnlyRoot: false }),
    said: () => ({ readOnlyRoot: true }),
  },
  {
    id: 'capabilities',
    what: 'the default capabilities',
    spec: () => ({ capDrop: [] }),
    said: () => ({ capDrop: ['ALL'] }),
  },
  {
    id: 'no-new-privileges',
    what: 'setuid programs',
    spec: () => ({ securityOpt: [] }),
    said: ({ securityOpt }) => ({ securityOpt }),
  },
  {
    id: 'seccomp',
    what: 'every system call',
    spec: ({ securityOpt }) => ({ securityOpt: [...securityOpt, 'seccomp=unconfined'] }),
    said: ({ securityOpt }) => ({ securityOpt }),
  },
  {
    id: 'processes',
    what: 'any number of processes',
    spec: ({ limits }) => ({ limits: { ...limits, pids: -1 } }),
    said: ({ limits }) => ({ pids: limits.pids }),
  },
  {
    id: 'memory',
    what: 'more memory',
    spec: ({ limits }) => ({
      limits: {
        ...limits,
        memoryBytes: limits.memoryBytes * 2,
        memorySwapBytes: limits.memorySwapBytes * 2,
      },
    }),
    said: ({ limits }) => ({ memoryBytes: limits.memoryBytes, memorySwapBytes: limits.memorySwapBytes }),
  },
];

class WeakEngine extends DockerEngine {
  readonly #weakness: Weakness;
  #said: Partial<ContainerFacts> = {};

  constructor(weakness: Weakness) {
    super();
    this.#weakness = weakness;
  }

  override createContainer(spec: ContainerSpec): Promise<string> {
    this.#said = this.#weakness.said(spec);
    return super.createContainer({ ...spec, ...this.#weakness.spec(spec) });
  }

  override async inspect(id: string): Promise<ContainerFacts> {
    return { ...(await super.inspect(id)), ...this.#said };
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
      const promised = guarantees.filter(({ id }) => principal === 'agent' || id !== 'workspace-hidden');
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
