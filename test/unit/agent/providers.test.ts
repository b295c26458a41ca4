import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { anthropicProvider } from '../../../src/guest/agent/anthropic.js';
import type { ModelEvent } from '../../../src/guest/agent/conversation.js';
import { ModelError } from '../../../src/guest/agent/model-error.js';
import { openaiProvider } from '../../../src/guest/agent/openai.js';

const providers = { anthropic: anthropicProvider, openai: openaiProvider };
type Name = keyof typeof providers;

const a = (...events: object[]) => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
const start = { type: 'message_start', message: { usage: { input_tokens: 3 } } };
const block = (index: number, content_block: object) => ({
  type: 'content_block_start',
  index,
  content_block,
});
const delta = (index: number, value: object) => ({ type: 'content_block_delta', index, delta: value });
const close = (index: number) => ({ type: 'content_block_stop', index });
const end = (stop_reason: string) =>
  a({ type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: 2 } }, { type: 'message_stop' });
const choice = (value: object) => ({ choices: [{ index: 0, ...value }] });

describe('model providers', function () {
  this.timeout(10_000);
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** The events of one turn when the server answers with exactly this body. */
  const stream = async (
    name: Name,
    body: string | Buffer,
    type = 'text/event-stream',
  ): Promise<ModelEvent[]> => {
    server = createServer((_, response) => response.writeHead(200, { 'content-type': type }).end(body));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const provider = providers[name]({ port: async () => address.port, token: 't' }, 'm');
    const turn = provider.streamTurn('s', [{ role: 'user', text: 'hi' }], [], new AbortController().signal);
    const events: ModelEvent[] = [];
    for await (const event of turn) events.push(event);
    return events;
  };

  const bad: [string, Name, string | Buffer, RegExp][] = [
    ['no event at all', 'anthropic', '', /broke off/],
    ['no event at all', 'openai', '', /broke off/],
    ['a stream without its end', 'anthropic', a(start, block(0, { type: 'text' })), /broke off/],
    [
      '[DONE] without a finish reason',
      'openai',
      `${a(choice({ delta: { content: 'x' } }))}data: [DONE]\n\n`,
      /broke off/,
    ],
    ['an event cut in two', 'openai', 'data: {"choices":[{"finish_reason":"stop"}]}\n', /broke off/],
    ['no JSON', 'anthropic', 'data: {oops\n\n', /wrong form/],
    ['no JSON', 'openai', 'data: {oops\n\n', /wrong form/],
    ['bytes that are not UTF-8', 'openai', Buffer.from([0x64, 0xff, 0xfe, 10, 10]), /not UTF-8/],
    [
      'a delta for a part that never began',
      'anthropic',
      a(start, delta(0, { type: 'text_delta', text: 'x' })),
      /never started/,
    ],
    [
      'an end in the middle of a part',
      'anthropic',
      a(start, block(0, { type: 'text' })) + end('end_turn'),
      /middle of a part/,
    ],
    ['an end without a reason', 'anthropic', a(start, { type: 'message_stop' }), /middle of a part/],
    ['a reason that is not known', 'anthropic', a(start) + end('because'), /not known/],
    ['a reason that is not known', 'openai', a(choice({ finish_reason: 'because' })), /not known/],
    [
      'a call without a name',
      'openai',
      a(choice({ delta: { tool_calls: [{ index: 0, id: 'x' }] } })),
      /no name/,
    ],
    [
      'an error event',
      'anthropic',
      a({ type: 'error', error: { type: 'overloaded_error', message: 'Busy' } }),
      /reported an error: Busy/,
    ],
    ['an error event', 'openai', a({ error: { message: 'Busy' } }), /reported an error: Busy/],
    ['a line without end', 'openai', `data: ${'x'.repeat(5_000_000)}`, /longer than/],
  ];
  for (const [what, name, body, pattern] of bad) {
    it(`${name}: refuses ${what}`, async () => {
      await assert.rejects(stream(name, body), (error: unknown) => {
        assert.ok(error instanceof ModelError, String(error));
        assert.match(error.message, pattern);
        return true;
      });
    });
  }

  it('refuses an answer that is no stream', async () => {
    await assert.rejects(
      stream('openai', '{"choices":[]}', 'application/json'),
      /did not answer with a stream/,
    );
  });

  it('anthropic: keeps thoughts with their signature, and marks an input that is no JSON object', async () => {
    const events = await stream(
      'anthropic',
      a(
        start,
        { type: 'ping' },
        { type: 'something_new', x: 1 },
        block(0, { type: 'thinking', thinking: '', signature: '' }),
        delta(0, { type: 'thinking_delta', thinking: 'hm' }),
        delta(0, { type: 'signature_delta', signature: 'sig' }),
        close(0),
        block(1, { type: 'tool_use', id: 'c', name: 'read_file', input: {} }),
        delta(1, { type: 'input_json_delta', partial_json: '{"path":' }),
        close(1),
      ) + end('tool_use'),
    );
    assert.deepEqual(events, [
      { kind: 'thought', text: 'hm' },
      { kind: 'block', block: { kind: 'thought', text: 'hm', signature: 'sig' } },
      { kind: 'call-started', id: 'c', name: 'read_file' },
      {
        kind: 'block',
        block: { kind: 'call', call: { id: 'c', name: 'read_file', json: '{"path":', input: undefined } },
      },
      { kind: 'usage', contextTokens: 5 },
      { kind: 'stop', stop: 'calls' },
    ]);
  });

  it('openai: joins calls from their pieces, two at a time', async () => {
    const call = (index: number, more: object) => choice({ delta: { tool_calls: [{ index, ...more }] } });
    const events = await stream(
      'openai',
      a(
        call(0, { id: 'a', function: { name: 'x', arguments: '' } }),
        call(1, { id: 'b', function: { name: 'y', arguments: '{"n"' } }),
        call(0, { function: { arguments: '' } }),
        call(1, { function: { arguments: ':1}' } }),
        choice({ delta: {}, finish_reason: 'tool_calls' }),
        { choices: [], usage: { total_tokens: 9 } },
      ),
    );
    assert.deepEqual(events.slice(2), [
      { kind: 'usage', contextTokens: 9 },
      { kind: 'block', block: { kind: 'call', call: { id: 'a', name: 'x', json: '', input: {} } } },
      {
        kind: 'block',
        block: { kind: 'call', call: { id: 'b', name: 'y', json: '{"n":1}', input: { n: 1 } } },
      },
      { kind: 'stop', stop: 'calls' },
    ]);
  });

  for (const [name, body] of [
    ['anthropic', a(start) + end('max_tokens')],
    ['openai', a(choice({ finish_reason: 'length' }))],
  ] as const) {
    it(`${name}: tells a cut answer from a whole one`, async () => {
      assert.deepEqual((await stream(name, body)).at(-1), { kind: 'stop', stop: 'length' });
    });
  }
});
