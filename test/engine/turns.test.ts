import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labels } from '../../src/sandbox/labels.js';
import { defaultLimits, type RunningSession } from '../../src/session/api.js';
import { shownKeys } from '../../src/workspace/review/shown-keys.js';
import {
  assertNothingLeft,
  type Bench,
  collectEvents,
  exists,
  openBench,
  readAudit,
  waitFor,
} from './harness.js';

const FIXTURE = 'test/fixtures/sample-project';
const limits = { ...defaultLimits, memoryMb: 512, keepSeconds: 60 };

const run = (command: string) => [{ tool: 'run_command', input: { command } }];
const write = (path: string, content: string) => ({ tool: 'write_file', input: { path, content } });

for (const strategy of ['overlay', 'copy'] as const) {
  describe(`several turns in one sandbox: ${strategy}`, () => {
    let bench: Bench;
    let readme: string;
    let legacy: string;
    before(async () => {
      readme = await readFile(join(FIXTURE, 'README.md'), 'utf8');
      legacy = await readFile(join(FIXTURE, 'src/legacy.js'), 'utf8');
      bench = await openBench({
        fixture: FIXTURE,
        script: [
          [write('README.md', 'first\n'), write('made/deep/a.txt', 'a\n'), write('alone.txt', 'x\n')],
          run('rm src/legacy.js'),
          [{ text: 'one' }],
          [
            { expect: { lastToolResultExcludes: 'nothing' } },
            { tool: 'read_file', input: { path: 'README.md' } },
          ],
          // Everything back to what the session began with, and one new file.
          [
            { expect: { lastToolResultIncludes: 'first' } },
            write('README.md', readme),
            write('src/legacy.js', legacy),
            write('second.txt', '2\n'),
          ],
          run('rm made/deep/a.txt'),
          run('rm alone.txt'),
          [{ text: 'two' }],
          [{ text: 'three' }],
        ],
      });
    });
    after(() => bench.dispose());

    it('takes a next prompt, and proposes exactly what differs from what was approved', async () => {
      const session = await bench.host.start(bench.request({ strategy, limits }));
      const events = collectEvents(session);
      await untilIdle(session, 1);
      assert.deepEqual(listOpen(session), [
        'added alone.txt',
        'added made/deep/a.txt',
        'deleted src/legacy.js',
        'modified README.md',
      ]);
      await approveAll(session);
      assert.equal(await readFile(join(bench.workspace, 'README.md'), 'utf8'), 'first\n');

      session.prompt('Take it back.');
      await untilIdle(session, 2);
      assert.deepEqual(listOpen(session), [
        'added second.txt',
        'added src/legacy.js',
        'deleted alone.txt',
        'deleted made/deep/a.txt',
        'modified README.md',
      ]);
      await approveAll(session);
      assert.equal(await readFile(join(bench.workspace, 'README.md'), 'utf8'), readme);
      assert.equal(await readFile(join(bench.workspace, 'src/legacy.js'), 'utf8'), legacy);
      assert.equal(await exists(join(bench.workspace, 'alone.txt')), false);
      assert.equal(await exists(join(bench.workspace, 'made/deep/a.txt')), false);

      session.prompt('Do nothing.');
      await untilIdle(session, 3);
      assert.deepEqual(listOpen(session), []);

      await session.stop();
      assert.deepEqual(
        await session.done,
        { kind: 'completed', stopReason: 'end_turn' },
        bench.log.join('\n'),
      );
      await assertNothingLeft(bench, session.id);
      assert.deepEqual(
        events.flatMap((event) => (event.type === 'prompt' ? [event.text] : [])),
        ['Do the work.', 'Take it back.', 'Do nothing.'],
      );
      const turns = (await readAudit(bench, session.id)).filter(({ kind }) => kind === 'turn');
      assert.deepEqual(
        turns.map(({ turn, stopReason }) => [turn, stopReason]),
        [
          [1, 'end_turn'],
          [2, 'end_turn'],
          [3, 'end_turn'],
        ],
      );
    });
  });
}

describe('a session between two turns', () => {
  let bench: Bench;
  afterEach(() => bench.dispose());

  it('takes no prompt while a turn runs, and is ended when none came in time', async () => {
    bench = await openBench({ script: [[{ delayMs: 300, text: 'one' }]] });
    const session = await bench.host.start(bench.request({ limits: { ...limits, keepSeconds: 1 } }));
    assert.throws(() => session.prompt('too early'), /does not wait for a prompt/);
    await untilIdle(session, 1);
    assert.deepEqual(await session.done, { kind: 'completed', stopReason: 'end_turn' }, bench.log.join('\n'));
    assert.throws(() => session.prompt('too late'), /does not wait for a prompt/);
    await assertNothingLeft(bench, session.id);
  });

  it('tells the agent with its next prompt what was rejected and said, once', async () => {
    bench = await openBench({
      script: [
        [write('a.txt', 'one\n'), write('b.txt', 'two\n')],
        [{ text: 'one' }],
        [{ text: 'two' }],
        [{ text: 'three' }],
      ],
    });
    const session = await bench.host.start(bench.request({ limits }));
    const events = collectEvents(session);
    await untilIdle(session, 1);
    await session.review.reject('a.txt');
    await session.review.comment('b.txt', 1, 'Say it in German.');
    session.prompt('Go on.');
    await untilIdle(session, 2);
    const told = bench.model.requests.at(-1)?.raw ?? '';
    assert.match(told, /Rejected by the user:\\n- a\.txt: the whole change/);
    assert.match(told, /- b\.txt:1: Say it in German\.\\n {2}> two/);
    assert.match(told, /Go on\./);
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'prompt' ? [[event.text, event.remarks]] : [])),
      [
        ['Do the work.', undefined],
        ['Go on.', 2],
      ],
    );
    await waitFor('the remarks to be gone', () => session.review.feedback().length === 0);
    const count = bench.model.requests.length;
    session.prompt('Once more.');
    await untilIdle(session, 3);
    const last = JSON.stringify(bench.model.requests.slice(count).map(({ body }) => body));
    assert.equal(last.split('Say it in German.').length, 2, 'it was told again');
    await session.stop();
  });

  it('goes on after a turn that the user ended', async () => {
    bench = await openBench({
      script: [
        [write('kept.txt', 'kept\n')],
        [{ delayMs: 20_000, text: 'late' }],
        [{ text: 'never reached' }],
      ],
    });
    const session = await bench.host.start(bench.request({ limits }));
    const events = collectEvents(session);
    await waitFor('the second model call', () => bench.model.requests.length > 1);
    const at = Date.now();
    session.cancelTurn();
    await untilIdle(session, 1);
    assert.ok(Date.now() - at < 5_000);
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'turn' ? [event.stopReason] : [])),
      ['cancelled'],
    );
    assert.deepEqual(listOpen(session), ['added kept.txt']);
    session.prompt('Go on.');
    await waitFor('the next turn to run', () => countIdle(events) >= 1 && bench.model.requests.length > 2);
    await session.stop();
    assert.equal((await session.done).kind, 'cancelled');
    assert.deepEqual(listOpen(session), ['added kept.txt']);
  });

  it('fails, and keeps what was captured, when its container dies', async () => {
    bench = await openBench({ script: [[write('kept.txt', 'kept\n')], [{ text: 'one' }]] });
    const session = await bench.host.start(bench.request({ limits }));
    await untilIdle(session, 1);
    const owned = await bench.engine.listOwned({ [labels.session]: session.id });
    const container = owned.find(({ kind }) => kind === 'container');
    assert.ok(container);
    await bench.engine.removeContainer(container.id);
    const outcome = await session.done;
    assert.ok(outcome.kind === 'failed');
    assert.match(outcome.error.message, /sandbox stopped answering/);
    assert.deepEqual(listOpen(session), ['added kept.txt']);
    assert.throws(() => session.prompt('too late'), /does not wait for a prompt/);
    await assertNothingLeft(bench, session.id);
  });

  it('gives up on an agent that does nothing at all', async () => {
    bench = await openBench({ script: [[{ text: 'never' }]] });
    const session = await bench.host.start(
      bench.request({
        agent: { id: 'custom', command: '/usr/local/bin/node', args: ['-e', silentAgent] },
        limits: { ...limits, silenceSeconds: 2 },
      }),
    );
    const outcome = await session.done;
    assert.ok(outcome.kind === 'failed');
    assert.match(outcome.error.message, /it did nothing for 2 s/);
    await assertNothingLeft(bench, session.id);
  });
});

describe('an agent that ends by itself', () => {
  let bench: Bench;
  afterEach(() => bench.dispose());

  async function start(source: string, keepSeconds = 60) {
    bench = await openBench({ script: [] });
    const session = await bench.host.start(
      bench.request({
        agent: { id: 'custom', command: '/usr/local/bin/node', args: ['-e', source + mortalAgent] },
        limits: { ...limits, keepSeconds },
      }),
    );
    return { session, events: collectEvents(session) };
  }
  const texts = (events: ReturnType<typeof collectEvents>) =>
    events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('');

  it('is started again in its sandbox, and goes on with its conversation where it can', async () => {
    const { session, events } = await start('var canLoad = true;');
    await untilIdle(session, 1);
    assert.ok(
      events.some(
        (event) => event.type === 'notice' && /\(SIGKILL\).*its conversation goes on/.test(event.text),
      ),
      bench.log.join('\n'),
    );
    session.prompt('once more');
    await untilIdle(session, 2);
    // What it told again when it loaded its session has been seen already.
    assert.equal(texts(events), 'loaded s with 1 server: once more');
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'turn' ? [event.stopReason] : [])),
      ['agent_ended', 'end_turn'],
    );
    await session.stop();
    assert.equal((await session.done).kind, 'completed');
    await assertNothingLeft(bench, session.id);
  });

  it('begins anew where it cannot, and says so', async () => {
    const { session, events } = await start('');
    await untilIdle(session, 1);
    assert.ok(events.some((event) => event.type === 'notice' && /remembers nothing/.test(event.text)));
    session.prompt('once more');
    await untilIdle(session, 2);
    assert.equal(texts(events), 'new: once more');
    await session.stop();
  });

  it('fails the session when it ends again and again, or when no next prompt is waited for', async () => {
    const { session } = await start('var always = true;');
    for (let turn = 1; turn <= 3; turn += 1) {
      await untilIdle(session, turn);
      session.prompt('again');
    }
    const outcome = await session.done;
    assert.ok(outcome.kind === 'failed');
    assert.match(outcome.error.message, /it ended/);
    await bench.dispose();
    const single = await start('var canLoad = true;', 0);
    assert.equal((await single.session.done).kind, 'failed');
  });
});

/** Dies of its first prompt; the next of its kind finds a file that says so. */
const mortalAgent = `
const fs = require('node:fs');
var canLoad, always, name = 'new';
const died = process.env.HOME + '/died';
const say = (message) => console.log(JSON.stringify({ jsonrpc: '2.0', ...message }));
const text = (text) => say({ method: 'session/update', params: { sessionId: 's',
  update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } } } });
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize')
    say({ id, result: { protocolVersion: 1, agentCapabilities: { loadSession: canLoad === true } } });
  else if (method === 'session/new') say({ id, result: { sessionId: 's' } });
  else if (method === 'session/load') {
    text('what was said before');
    name = 'loaded ' + params.sessionId + ' with ' + params.mcpServers.length + ' server';
    say({ id, result: null });
  } else if (method === 'session/prompt') {
    if (always || !fs.existsSync(died)) {
      fs.writeFileSync(died, '');
      process.kill(process.pid, 'SIGKILL');
    }
    text(name + ': ' + params.prompt[0].text);
    say({ id, result: { stopReason: 'end_turn' } });
  }
});`;

/** Speaks the protocol up to its first prompt, and then no more. */
const silentAgent = `
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  const result = { initialize: { protocolVersion: 1 }, 'session/new': { sessionId: 's' } }[method];
  if (result) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
});`;

function countIdle(events: readonly { type: string; phase?: string }[]): number {
  return events.filter((event) => event.type === 'phase' && event.phase === 'idle').length;
}

/** Waits until so many turns have ended. */
async function untilIdle(session: RunningSession, turns: number): Promise<void> {
  let idle = 0;
  const unsubscribe = session.onEvent((event) => {
    if (event.type === 'phase' && event.phase === 'idle') idle += 1;
  });
  await waitFor(`turn ${turns} to end`, () => idle >= turns);
  unsubscribe();
}

function listOpen({ review }: RunningSession): string[] {
  return review
    .list()
    .filter(({ decision }) => decision !== 'applied')
    .map(
      ({ change, decision }) =>
        `${change.status} ${change.path}${decision === 'pending' ? '' : ` ${decision}`}`,
    )
    .sort();
}

async function approveAll({ review }: RunningSession): Promise<void> {
  const outcomes = await review.approveAll(shownKeys(review.list()));
  assert.deepEqual(
    outcomes.filter(({ kind }) => kind !== 'applied'),
    [],
  );
}
