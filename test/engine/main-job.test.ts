import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyAuditLog } from '../../src/audit/verify.js';
import { changeKey } from '../../src/workspace/changes.js';
import { loadScript } from '../model-server/script.js';
import {
  assertNothingLeft,
  type Bench,
  collectEvents,
  exists,
  KEY,
  openBench,
  readAudit,
} from './harness.js';

const FIXTURE = 'test/fixtures/sample-project';

for (const strategy of ['overlay', 'copy'] as const) {
  for (const provider of ['anthropic', 'openai'] as const) {
    describe(`main job: ${strategy}, ${provider}`, () => {
      let bench: Bench;

      before(async () => {
        bench = await openBench({
          script: { turns: (await loadScript('test/fixtures/scripts/demo.json')) as never },
          fixture: FIXTURE,
        });
      });
      after(() => bench.dispose());

      it('takes a prompt to approved and rejected changes', async () => {
        const before = await readFile(join(bench.workspace, 'src/greet.js'), 'utf8');
        const session = await bench.host.start(bench.request({ strategy, provider }));
        const events = collectEvents(session);
        const outcome = await session.done;
        assert.deepEqual(outcome, { kind: 'completed', stopReason: 'end_turn' }, bench.log.join('\n'));

        const { review } = session;
        assert.deepEqual(
          review.list().map(({ change, decision }) => [change.path, change.status, decision]),
          [
            ['docs/CHANGES.md', 'added', 'pending'],
            ['src/greet.js', 'modified', 'pending'],
            ['src/legacy.js', 'deleted', 'pending'],
          ],
        );
        // Nothing has landed yet.
        assert.equal(await readFile(join(bench.workspace, 'src/greet.js'), 'utf8'), before);
        assert.ok(await exists(join(bench.workspace, 'src/legacy.js')));

        const greet = review.get('src/greet.js');
        assert.ok(greet);
        assert.equal((await review.approve('src/greet.js', changeKey(greet.change))).kind, 'applied');
        await review.reject('docs/CHANGES.md');
        assert.match(await readFile(join(bench.workspace, 'src/greet.js'), 'utf8'), /Hello, \$\{who\}!/);
        assert.equal(await exists(join(bench.workspace, 'docs/CHANGES.md')), false);

        await assertNothingLeft(bench, session.id);
        const denied = events.filter((event) => event.type === 'decision' && event.decision === 'deny');
        assert.equal(denied.length, 1);
        await checkAudit(session.id);
      });

      async function checkAudit(sessionId: string): Promise<void> {
        const records = await readAudit(bench, sessionId);
        const kinds = new Set(records.map(({ kind }) => kind));
        for (const kind of [
          'session-start',
          'tool',
          'tool-end',
          'model-call',
          'change',
          'change-decision',
          'session-end',
        ]) {
          assert.ok(kinds.has(kind), `no ${kind} record`);
        }
        assert.ok(records.some(({ decision, tool }) => tool === 'run_command' && decision === 'deny'));
        assert.ok(!JSON.stringify(records).includes(KEY));
        const start = records.find(({ kind }) => kind === 'session-start');
        assert.match(String(start?.image), /^sha256:/);
        assert.deepEqual([start?.version, start?.seccomp], ['0.0.0-test', 'airlock']);
        assert.ok(Array.isArray(start?.posture) && start.posture.includes('CIS-5.4-dropped'));
        const file = join(bench.stateDir, 'audit', `${sessionId}.jsonl`);
        assert.equal((await verifyAuditLog(file)).kind, 'intact');
      }
    });
  }
}

describe('changes while the user works', () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench({
      script: [
        [{ tool: 'write_file', input: { path: 'README.md', content: 'by the agent\n' } }],
        [{ delayMs: 1000, text: 'ok' }],
      ],
      fixture: FIXTURE,
    });
  });
  after(() => bench.dispose());

  it('is a conflict that overwrites nothing until the user says so', async () => {
    const session = await bench.host.start(bench.request());
    session.onEvent((event) => {
      if (event.type === 'phase' && event.phase === 'running') {
        void writeFile(join(bench.workspace, 'README.md'), 'by the user\n');
      }
    });
    assert.equal((await session.done).kind, 'completed', bench.log.join('\n'));
    const item = session.review.get('README.md');
    assert.equal(item?.decision, 'conflict');
    assert.ok(item);
    const refused = await session.review.approve('README.md', changeKey(item.change));
    assert.equal(refused.kind, 'conflict');
    assert.equal(await readFile(join(bench.workspace, 'README.md'), 'utf8'), 'by the user\n');
    assert.ok(refused.kind === 'conflict');
    const forced = await session.review.approve('README.md', changeKey(item.change), { live: refused.live });
    assert.equal(forced.kind, 'applied');
    assert.equal(await readFile(join(bench.workspace, 'README.md'), 'utf8'), 'by the agent\n');
  });
});
