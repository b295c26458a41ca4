import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { AirlockError } from '../../../src/base/errors.js';
import { type RunningAgent, type RunOptions, runAgent, textOf } from './run-agent.js';

const never = new AbortController().signal;

describe('built-in agent', function () {
  // Each test starts a process.
  this.timeout(20_000);
  let agent: RunningAgent | undefined;
  const start = async (options: RunOptions) => {
    agent = await runAgent(options);
    return agent;
  };
  afterEach(async () => {
    await agent?.stop();
    agent = undefined;
  });

  for (const provider of ['anthropic', 'openai'] as const) {
    describe(provider, () => {
      it('works through text and tools to the end', async () => {
        const { connection, updates, front, model } = await start({
          provider,
          script: [
            [{ text: 'Looking – ünïcode.' }, { tool: 'read_file', input: { path: 'a.ts' } }],
            [
              { expect: { lastToolResultIncludes: 'read_file ran' } },
              { tool: 'edit_file', input: { path: 'a.ts', edits: [{ old: 'x', new: 'y' }] } },
              { tool: 'run_command', input: { command: 'npm test' } },
            ],
            [{ text: 'All done.' }],
          ],
        });
        assert.deepEqual(await connection.prompt('Fix it', never), { stopReason: 'end_turn' });
        assert.equal(textOf(updates), 'Looking – ünïcode.All done.');
        assert.deepEqual(front.tools, [
          { name: 'read_file', input: { path: 'a.ts' }, aborted: false },
          {
            name: 'edit_file',
            input: { path: 'a.ts', edits: [{ old: 'x', new: 'y' }] },
            aborted: false,
          },
          { name: 'run_command', input: { command: 'npm test', cwd: '' }, aborted: false },
        ]);
        const tools = updates.filter((update) => update.type === 'tool');
        assert.deepEqual(
          tools.slice(0, 3).map(({ title, kind, status }) => [title, kind, status]),
          [
            ['read_file', 'other', 'pending'],
            ['Read a.ts', 'read', 'in_progress'],
            ['Read a.ts', 'read', 'completed'],
          ],
        );
        assert.equal(tools.at(-1)?.title, 'Run npm test');
        assert.ok(updates.some((update) => update.type === 'usage' && update.used > 0));
        assert.equal(model.requests.length, 3);
      });

      it('keeps the conversation from prompt to prompt', async () => {
        const { connection, model } = await start({
          provider,
          script: [[{ text: 'One.' }], [{ text: 'Two.' }]],
        });
        await connection.prompt('first', never);
        await connection.prompt('second', never);
        const raw = model.requests[1]?.raw ?? '';
        for (const part of ['first', 'One.', 'second']) assert.ok(raw.includes(part), part);
      });

      it('stops at the limit of turns', async () => {
        const turn = [{ tool: 'read_file', input: { path: 'a' } }];
        const { connection, model } = await start({ provider, maxTurns: 2, script: [turn, turn, turn] });
        assert.deepEqual(await connection.prompt('go', never), { stopReason: 'max_turn_requests' });
        assert.equal(model.requests.length, 2);
      });

      it('calls again after 429 and 5xx', async () => {
        const { connection, updates, model } = await start({
          provider,
          script: [[{ status: 429, retryAfter: 0, times: 2 }, { text: 'Made it.' }]],
        });
        assert.deepEqual(await connection.prompt('go', never), { stopReason: 'end_turn' });
        assert.equal(textOf(updates), 'Made it.');
        assert.equal(model.requests.length, 3);
      });

      it('gives up after three retries and says why', async () => {
        const { connection, model } = await start({
          provider,
          script: [[{ status: 503, retryAfter: 0, error: 'too busy today' }]],
        });
        await assert.rejects(
          connection.prompt('go', never),
          agentFailure(/overloaded \(HTTP 503\): too busy today/),
        );
        assert.equal(model.requests.length, 4);
      });

      it('does not call again when the key is refused', async () => {
        const { connection, model } = await start({
          provider,
          script: [[{ status: 401, error: 'bad key' }]],
        });
        await assert.rejects(
          connection.prompt('go', never),
          agentFailure(/refused the key \(HTTP 401\): bad key/),
        );
        assert.equal(model.requests.length, 1);
      });

      it('takes a refusal of the gateway for what it is, and not for one of the key', async () => {
        const error = 'Airlock: this session has used 10 of 5 tokens, which is the limit.';
        const { connection } = await start({ provider, script: [[{ status: 403, error }]] });
        await assert.rejects(
          connection.prompt('go', never),
          agentFailure(
            /The model call failed: this session has used 10 of 5 tokens, which is the limit\. Ch/,
          ),
        );
      });

      it('reports a stream that breaks off, and goes on with the next prompt', async () => {
        const { connection } = await start({
          provider,
          script: [[{ cutAfterBytes: 700 }, { text: 'This will never be complete. '.repeat(40) }]],
        });
        await assert.rejects(connection.prompt('go', never), agentFailure(/broke off/));
        await assert.rejects(connection.prompt('again', never), agentFailure(/broke off/));
      });

      it('cancels a hanging model call', async () => {
        const { connection, updates } = await start({ provider, script: [[{ text: 'Hm' }, { hang: true }]] });
        await expectQuickCancel(
          () => textOf(updates) !== '',
          (signal) => connection.prompt('go', signal),
        );
      });

      it('cancels a running tool, and the next prompt finds a sound conversation', async () => {
        const { connection, front } = await start({
          provider,
          script: [[{ tool: 'run_command', input: { command: 'sleep 100' } }], [{ text: 'Fine.' }]],
          tools: () => undefined,
        });
        await expectQuickCancel(
          () => front.tools.length > 0,
          (signal) => connection.prompt('go', signal),
        );
        await until(() => front.tools[0]?.aborted === true);
        assert.deepEqual(await connection.prompt('go on', never), { stopReason: 'end_turn' });
      });

      it('tells the model of a denial, of a wrong input and of an unknown tool', async () => {
        const { connection, front } = await start({
          provider,
          script: [
            [{ tool: 'run_command', input: { command: 'curl x' } }],
            [
              { expect: { lastToolResultIncludes: 'denied this (net): no network' } },
              { tool: 'read_file', input: { path: 7 } },
            ],
            [{ expect: { lastToolResultIncludes: 'input is wrong' } }, { tool: 'launch', input: {} }],
            [{ expect: { lastToolResultIncludes: 'no tool of this name' } }, { text: 'OK' }],
          ],
          tools: () => ({
            type: 'result',
            ok: false,
            text: '',
            denied: { rule: 'net', reason: 'no network' },
          }),
        });
        assert.deepEqual(await connection.prompt('go', never), { stopReason: 'end_turn' });
        assert.equal(front.tools.length, 1);
      });
    });
  }

  it('never sends the token to the model as text', async () => {
    const { connection, model, front } = await start({ provider: 'anthropic', script: [[{ text: 'Hi' }]] });
    await connection.prompt('go', never);
    assert.ok(!model.requests.some(({ raw }) => raw.includes(front.token)));
  });

  it('ends when its client goes away', async () => {
    const running = await start({ provider: 'openai', script: [[{ hang: true }]] });
    await running.connection.ready;
    const exited = new Promise((resolve) => running.child.once('exit', resolve));
    running.child.stdin?.end();
    assert.equal(await exited, 0);
  });
});

function agentFailure(pattern: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof AirlockError);
    assert.equal(error.code, 'agent-failed');
    assert.match(error.message, pattern);
    return true;
  };
}

async function expectQuickCancel(
  begun: () => boolean,
  prompt: (signal: AbortSignal) => Promise<{ stopReason: string }>,
): Promise<void> {
  const controller = new AbortController();
  const answer = prompt(controller.signal);
  await until(begun);
  const at = performance.now();
  controller.abort();
  assert.deepEqual(await answer, { stopReason: 'cancelled' });
  assert.ok(performance.now() - at < 1000);
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen within 5 s');
    await sleep(5);
  }
}
