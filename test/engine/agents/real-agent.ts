import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AGENT_ID } from '../../../src/sandbox/build-spec.js';
import {
  type AgentChoice,
  defaultLimits,
  type RunningSession,
  type RunRequest,
} from '../../../src/session/api.js';
import type { SessionEvent, SessionOutcome } from '../../../src/session/events.js';
import type { ScriptInput } from '../../model-server/script.js';
import { TestRepository } from '../../unit/workspace/commits/repository-fixture.js';
import { runSource } from '../exec-in.js';
import {
  assertNothingLeft,
  type Bench,
  collectEvents,
  exists,
  giveToUser,
  openBench,
  readAudit,
  waitFor,
} from '../harness.js';

export interface RealAgent {
  readonly choice: AgentChoice;
  readonly provider: RunRequest['provider'];
  readonly model: string;
  /** A call of one of the agent's own tools, which would write below the workspace if anything ran it. */
  readonly contained: ContainedJob;
  /** Whether it can go on with a conversation in a new process. */
  readonly resumes: boolean;
  readonly native: { readonly tool: string; readonly input: Record<string, unknown> };
}

/** What a contained agent does with its own tools. */
export interface ContainedJob {
  /** Writes `own.txt` with `by its own tool` in it. */
  readonly write: { readonly tool: string; readonly input: Record<string, unknown> };
  /** Runs `sleep 0.3 && cat own.txt`. */
  readonly run: { readonly tool: string; readonly input: Record<string, unknown> };
}

/** The packages come through the machine's own network and certificates. */
const { NODE_EXTRA_CA_CERTS: caFile } = process.env;
const network = { mode: 'host', caFile } as const;
const limits = { ...defaultLimits, commandSeconds: 60, sessionSeconds: 400 };

const script = ({ native }: RealAgent): ScriptInput => [
  [{ text: 'I read it first.' }, { tool: 'sb_read_file', input: { path: 'notes.txt' } }],
  {
    expect: { lastToolResultIncludes: 'remember the milk' },
    blocks: [
      { tool: 'sb_edit_file', input: { path: 'notes.txt', edits: [{ old: 'milk', new: 'oat milk' }] } },
    ],
  },
  [{ tool: 'sb_run_command', input: { command: 'wc -w notes.txt' } }],
  {
    expect: { lastToolResultIncludes: '4 notes.txt' },
    blocks: [{ tool: 'sb_run_command', input: { command: 'curl http://127.0.0.1/' } }],
  },
  { expect: { lastToolResultIncludes: 'curl' }, blocks: [native] },
  { expect: { lastToolResultExcludes: 'remember the' }, blocks: [{ text: 'All done.' }] },
];

/** One real agent through the whole main job, in its container, with its wire protocol scripted. */
export function describeRealAgent(agent: RealAgent): void {
  describe(`real agent: ${agent.choice.id}`, function () {
    // The first run fetches some hundred megabytes.
    this.timeout(600_000);
    let bench: Bench;

    before(async () => {
      bench = await openBench({ script: script(agent), network });
      await writeFile(join(bench.workspace, 'notes.txt'), 'remember the milk\n');
      await giveToUser(bench.workspace);
    });
    after(() => bench.dispose());

    it('reads, edits, runs a command, is denied one and writes nothing by its own tools', async () => {
      const { choice, provider, model } = agent;
      const session = await bench.host.start(
        bench.request({ agent: choice, provider, model, limits, prompt: 'Put oat milk on the list.' }),
      );
      const events = collectEvents(session);
      const outcome = await session.done;
      const told = describeRun(bench, events, outcome);
      assert.equal(outcome.kind, 'completed', told);

      assert.deepEqual(
        session.review.list().map(({ change }) => [change.path, change.status]),
        [['notes.txt', 'modified']],
        told,
      );
      assert.equal(await readFile(join(bench.workspace, 'notes.txt'), 'utf8'), 'remember the milk\n');
      const text = events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('');
      assert.match(text, /All done\./);

      const audit = await readAudit(bench, session.id);
      const decisions = audit
        .filter(({ kind }) => kind === 'tool')
        .map(({ tool, decision }) => `${tool} ${decision}`);
      assert.deepEqual(decisions, [
        'read_file allow',
        'edit_file allow',
        'run_command allow',
        'run_command deny',
      ]);
      assert.equal(await exists(join(bench.workspace, 'native.txt')), false);
      await assertNothingLeft(bench, session.id);
    });

    it('takes a next prompt, also after its process was killed', async () => {
      const { choice, provider, model, resumes } = agent;
      const own = await openBench({
        script: [[{ text: 'The word is heron.' }], [{ text: 'Still here.' }], [{ text: 'And again.' }]],
        network,
      });
      try {
        const session = await own.host.start(
          own.request({ agent: choice, provider, model, limits: { ...limits, keepSeconds: 120 } }),
        );
        const events = collectEvents(session);
        const told = () => describeRun(own, events, { kind: 'cancelled' });
        const idle = () => events.filter((event) => event.type === 'phase' && event.phase === 'idle').length;
        const over = session.done.then((outcome) => assert.fail(describeRun(own, events, outcome)));
        over.catch(() => undefined);
        const turn = (count: number) =>
          Promise.race([over, waitFor(`turn ${count}`, () => idle() >= count, 120_000)]).catch((error) =>
            assert.fail(`${error}\n${told()}`),
          );
        const sentSince = (count: number) =>
          own.model.requests
            .slice(count)
            .map(({ raw }) => raw)
            .join();
        await turn(1);
        const first = own.model.requests.length;
        session.prompt('What was the word?');
        await turn(2);
        assert.ok(sentSince(first).includes('heron'), told());
        const killed = await runSource(`airlock-${session.id}`, `${AGENT_ID}:${AGENT_ID}`, KILL_AGENT);
        assert.match(killed.stdout, /killed [1-9]/, killed.stderr);
        await Promise.race([over, waitFor('the agent to be there again', () => isBack(events), 120_000)]);
        const asked = own.model.requests.length;
        session.prompt('And now?');
        await turn(3);
        assert.equal(sentSince(asked).includes('heron'), resumes, told());
        await session.stop();
        await assertNothingLeft(own, session.id);
      } finally {
        await own.dispose();
      }
    });

    it('keeps its own tools when it is contained, in the copy of the workspace', async () => {
      const { choice, provider, model, contained } = agent;
      const own = await openBench({
        script: [
          [contained.write],
          [contained.run],
          [{ text: 'Contained and done.' }],
          [{ text: 'Still here.' }],
        ],
        network,
      });
      try {
        await writeFile(join(own.workspace, '.env'), 'SECRET=canary-of-the-workspace\n');
        TestRepository.make(own.workspace).git('commit', '-q', '--allow-empty', '-m', 'first');
        await giveToUser(own.workspace);
        const kept = { ...limits, keepSeconds: 120 };
        const session = await own.host.start(
          own.request({ agent: choice, mode: 'contained', provider, model, limits: kept }),
        );
        const events = collectEvents(session);
        await untilIdle(own, session, events, 1);
        // It has the uid of what looks for its commits, and must have outlived that.
        session.prompt('Still there?');
        await untilIdle(own, session, events, 2);
        const told = describeRun(own, events, { kind: 'cancelled' });
        assert.ok(!isBack(events), told);
        await session.stop();
        const changes = session.review.list().map(({ change }) => [change.path, change.status]);
        assert.deepEqual(changes, [['own.txt', 'added']], told);
        assert.equal(await exists(join(own.workspace, 'own.txt')), false);
        assert.ok(
          events.some((event) => event.type === 'notice' && /policy does not judge/.test(event.text)),
        );
        const audit = await readAudit(own, session.id);
        assert.ok(!audit.some(({ kind }) => kind === 'tool'), 'the broker had a call');
        const started = audit
          .filter(({ kind }) => kind === 'process')
          .map(({ argv }) => JSON.stringify(argv));
        assert.ok(
          started.some((argv) => argv.includes('sleep')),
          started.join('\n'),
        );
        const sent = own.model.requests.map(({ raw }) => raw).join();
        assert.ok(sent.includes('by its own tool'), told);
        assert.ok(!sent.includes('canary-of-the-workspace'));
        await assertNothingLeft(own, session.id);
      } finally {
        await own.dispose();
      }
    });
  });
}

async function untilIdle(
  bench: Bench,
  session: RunningSession,
  events: readonly SessionEvent[],
  turn: number,
): Promise<void> {
  const idle = () => events.filter((event) => event.type === 'phase' && event.phase === 'idle').length;
  const over = session.done.then((outcome) => assert.fail(describeRun(bench, events, outcome)));
  over.catch(() => undefined);
  await Promise.race([over, waitFor(`turn ${turn}`, () => idle() >= turn, 120_000)]);
}

function isBack(events: readonly SessionEvent[]): boolean {
  return events.some((event) => event.type === 'notice' && /was started again/.test(event.text));
}

/** Everything of the agent's uid but our own programs and this one. */
const KILL_AGENT = `
const fs = require('node:fs');
let killed = 0;
for (const pid of fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid)) {
  try {
    if (fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8').includes('/opt/airlock')) continue;
    if (fs.statSync('/proc/' + pid).uid !== process.getuid()) continue;
    process.kill(Number(pid), 'SIGKILL');
    killed += 1;
  } catch {}
}
console.log('killed ' + killed);`;

function describeRun(bench: Bench, events: readonly SessionEvent[], outcome: SessionOutcome): string {
  return [
    outcome.kind === 'failed' ? String(outcome.error.stack) : JSON.stringify(outcome),
    ...bench.log.slice(-40),
    ...events.filter(({ type }) => type !== 'phase').map((event) => JSON.stringify(event).slice(0, 400)),
    ...bench.model.requests.map(({ method, path, raw }) => `${method} ${path} ${raw.slice(-600)}`),
  ].join('\n');
}
