import assert from 'node:assert/strict';
import type { SessionUpdate } from '@agentclientprotocol/sdk';
import type { Message, ModelEvent } from '../../../src/guest/agent/conversation.js';
import { parseCall } from '../../../src/guest/agent/conversation.js';
import { ModelError } from '../../../src/guest/agent/model-error.js';
import { runLoop } from '../../../src/guest/agent/turn-loop.js';

const call = (json: string): ModelEvent[] => [
  { kind: 'call-started', id: 'c', name: 'read_file' },
  { kind: 'block', block: { kind: 'call', call: parseCall('c', 'read_file', json) } },
];
const said: ModelEvent[] = [
  { kind: 'text', text: 'ok' },
  { kind: 'block', block: { kind: 'text', text: 'ok' } },
];
const stop = (kind: 'end' | 'calls' | 'length' | 'refusal'): ModelEvent => ({ kind: 'stop', stop: kind });

describe('turn loop', () => {
  /** Runs the loop over turns of given events. */
  const run = async (turns: (ModelEvent[] | Error)[]) => {
    const conversation: Message[] = [{ role: 'user', text: 'go' }];
    const updates: SessionUpdate[] = [];
    const rest = [...turns];
    const ran: string[] = [];
    const result = runLoop(
      {
        provider: {
          async *streamTurn() {
            const turn = rest.shift() ?? [];
            if (turn instanceof Error) throw turn;
            yield* turn;
          },
        },
        runTool: async ({ tool }) => {
          ran.push(tool);
          return { ok: true, text: 'z'.repeat(400_000) };
        },
        maxTurns: 5,
        retryTimes: { retries: 3, firstMs: 1, maxMs: 10 },
      },
      conversation,
      async (update) => {
        updates.push(update);
      },
      new AbortController().signal,
    );
    return { conversation, updates, ran, rest, stopReason: await result };
  };

  it('tells the model that its input was no JSON, and runs nothing', async () => {
    const { conversation, ran, updates } = await run([
      [...call('{"path":'), stop('calls')],
      [...said, stop('end')],
    ]);
    const answer = conversation[2];
    assert.ok(answer?.role === 'results');
    assert.equal(answer.results[0]?.ok, false);
    assert.match(answer.results[0]?.text ?? '', /not a JSON object/);
    assert.deepEqual(ran, []);
    assert.ok(
      updates.some((update) => update.sessionUpdate === 'tool_call_update' && update.status === 'failed'),
    );
  });

  it('cuts a huge result in the middle', async () => {
    const { conversation } = await run([
      [...call('{"path":"a"}'), stop('calls')],
      [...said, stop('end')],
    ]);
    const answer = conversation[2];
    assert.ok(answer?.role === 'results');
    const text = answer.results[0]?.text ?? '';
    assert.ok(text.length < 329_000 && text.includes('72320 characters left out'), String(text.length));
  });

  for (const [kind, reason] of [
    ['length', 'max_tokens'],
    ['refusal', 'refusal'],
  ] as const) {
    it(`runs no call of a turn that ended with ${reason}, but answers it`, async () => {
      const { stopReason, ran, conversation } = await run([[...call('{"path":"a"}'), stop(kind)]]);
      assert.equal(stopReason, reason);
      assert.deepEqual(ran, []);
      assert.equal(conversation.at(-1)?.role, 'results');
    });
  }

  it('runs calls of a turn that a server ended plainly', async () => {
    const { stopReason, ran } = await run([
      [...call('{"path":"a"}'), stop('end')],
      [...said, stop('end')],
    ]);
    assert.equal(stopReason, 'end_turn');
    assert.deepEqual(ran, ['read_file']);
  });

  const fails: [string, (ModelEvent[] | Error)[], RegExp][] = [
    ['a stop for calls without one', [[...said, stop('calls')]], /holds none/],
    ['a stream without a stop', [said], /broke off/],
    ['a wait that is too long', [new ModelError('Slow', { retryable: true, retryAfterMs: 1000 })], /Slow/],
    ['an error not worth a retry', [new ModelError('Bad request')], /Bad request/],
  ];
  for (const [what, turns, pattern] of fails) {
    it(`fails on ${what}`, async () => {
      await assert.rejects(run(turns), pattern);
    });
  }

  it('calls again after an error that may pass, three times at most', async () => {
    const busy = new ModelError('Busy', { retryable: true });
    const { stopReason } = await run([busy, busy, busy, [...said, stop('end')]]);
    assert.equal(stopReason, 'end_turn');
    await assert.rejects(run([busy, busy, busy, busy, [...said, stop('end')]]), /Busy/);
  });
});
