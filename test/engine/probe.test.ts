import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { AGENT_ID } from '../../src/sandbox/build-spec.js';
import { labels, PRODUCT } from '../../src/sandbox/labels.js';
import type { RunningSession } from '../../src/session/api.js';
import type { Finding } from '../probe/attempt.js';
import { describeContainer, runSource, startUnprotected } from './exec-in.js';
import { assertNothingLeft, type Bench, KEY, openBench, ownerId, startHanging } from './harness.js';

const ROLES = [
  ['agent', AGENT_ID],
  ['runner', ownerId],
] as const;
const MEMORY_MB = 256;
const PIDS = 96;
/** Fewer would mean that the probe lost a group of its attempts. */
const MIN_ATTEMPTS = 100;
const FIND_KEY = ['--canary-hex', Buffer.from(KEY).toString('hex')];

interface ProbeLine extends Finding {
  readonly name: string;
}

async function probe(container: string, uid: number, args: readonly string[]) {
  const source = await readFile('out/probe.js', 'utf8');
  const { stdout, stderr, exitCode } = await runSource(container, `${uid}:${uid}`, source, args);
  assert.equal(stderr, '');
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line): ProbeLine => JSON.parse(line));
  return { lines, exitCode, escaped: lines.filter(({ blocked }) => !blocked) };
}

for (const strategy of ['overlay', 'copy'] as const) {
  describe(`breaking out: ${strategy}`, function () {
    this.timeout(180_000);
    let bench: Bench;
    let session: RunningSession;
    const container = () => `airlock-${session.id}`;
    const environment = process.env.AIRLOCK_API_KEY;

    before(async () => {
      // As a user of the CLI may have it: nothing of the host's environment may get in.
      process.env.AIRLOCK_API_KEY = KEY;
      bench = await openBench({ script: [[{ hang: true }]], fixture: 'test/fixtures/sample-project' });
      const limits = { ...bench.request().limits, memoryMb: MEMORY_MB, pids: PIDS };
      session = await startHanging(bench, { strategy, limits });
    });
    after(async () => {
      if (environment === undefined) delete process.env.AIRLOCK_API_KEY;
      else process.env.AIRLOCK_API_KEY = environment;
      await bench.dispose();
    });

    for (const [role, uid] of ROLES) {
      it(`is refused to the ${role}'s uid at every attempt`, async () => {
        const { lines, escaped, exitCode } = await probe(container(), uid, [role, ...FIND_KEY]);
        console.log(
          `      ${role}, ${strategy}: ${lines.length} attempts, ${lines.length - escaped.length} blocked`,
        );
        assert.deepEqual(escaped, []);
        assert.equal(exitCode, 0);
        assert.ok(lines.length >= MIN_ATTEMPTS, `only ${lines.length} attempts`);
      });

      it(`meets the limits as the ${role}'s uid`, async () => {
        const args = [role, '--fork-bomb', '--memory-mb', String(MEMORY_MB)];
        const { lines, escaped } = await probe(container(), uid, args);
        const limits = lines.filter(({ name }) => name.startsWith('limits.'));
        console.log(`      ${role}: ${limits.map(({ name, detail }) => `${name} ${detail}`).join(', ')}`);
        assert.deepEqual(
          limits.map(({ name }) => name),
          ['limits.pids', 'limits.memory'],
        );
        assert.deepEqual(escaped, []);
      });
    }

    it('leaves the key nowhere that the engine tells of', async () => {
      const told = await describeContainer(session.id);
      assert.ok(told.includes('HOME=/home/agent'), told);
      assert.ok(!told.includes(KEY));
    });

    it('would have been noticed: without protection, the same attempts work', async () => {
      const owned = { [labels.product]: PRODUCT, [labels.session]: session.id };
      const plain = await startUnprotected(session.id, owned, [`MODEL_KEY=${KEY}`]);
      try {
        const { escaped, exitCode } = await probe(plain.id, AGENT_ID, ['agent', ...FIND_KEY]);
        assert.equal(exitCode, 1);
        const names = escaped.map(({ name }) => name);
        for (const name of [
          'rootfs.create /opt/airlock',
          'rootfs.create /var/tmp',
          'status.CapBnd',
          'status.NoNewPrivs',
          'status.Seccomp',
          'unshare.newuser',
          'keyctl',
          'seccomp.io_uring_setup',
          'seccomp.userfaultfd',
          'seccomp.ptrace',
          'seccomp.process_vm_readv',
          'seccomp.socket.netlink_audit',
          'workspace.list',
          'workspace.write',
          'canary.environment',
          'canary.processes',
        ]) {
          assert.ok(names.includes(name), `${name} is missing in ${names.join(', ')}`);
        }
      } finally {
        await plain.remove();
      }
    });

    it('has not harmed the session, and leaves nothing', async () => {
      await session.stop();
      assert.deepEqual(await session.done, { kind: 'cancelled' }, bench.log.join('\n'));
      await assertNothingLeft(bench, session.id);
    });
  });
}
