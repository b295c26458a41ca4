import assert from 'node:assert/strict';
import type {
  ChatPart,
  ChatProblem,
  ChatRequest,
} from '../../../../src/gateway/editor-models/editor-models.js';
import { EditorModelService } from '../../../../src/gateway/editor-models/editor-service.js';
import { callGateway, openGateway } from '../support.js';

const tools = [{ name: 'sb_read_file', description: 'Reads.', input_schema: { type: 'object' } }];
const body = (more: object) =>
  JSON.stringify({ model: 'whatever', max_tokens: 10, messages: [{ role: 'user', content: 'hi' }], ...more });

/** A gateway whose calls a model of the editor answers, as the test tells it to. */
function open(answer: (request: ChatRequest, signal: AbortSignal) => AsyncIterable<ChatPart | ChatProblem>) {
  const asked: ChatRequest[] = [];
  const service = new EditorModelService(
    {
      chat: (request, signal) => {
        asked.push(request);
        return answer(request, signal);
      },
    },
    'chosen',
  );
  return { asked, ...openGateway('https://unused.test', { service, key: async () => 'editor' }) };
}

async function* parts(...all: (ChatPart | ChatProblem)[]): AsyncGenerator<ChatPart | ChatProblem> {
  yield* all;
}
const call: ChatPart = { type: 'tool-call', callId: 'c1', name: 'sb_read_file', input: { path: 'a' } };

describe('the editor’s own models', () => {
  it('answer a streamed request by the same events as the service', async () => {
    const { gateway, records } = open(() =>
      parts({ type: 'text', text: 'I ' }, { type: 'text', text: 'look.' }, call, { ...call, callId: 'c2' }),
    );
    const result = await callGateway(gateway, { body: body({ stream: true, tools }) });
    assert.equal(result.status, 200);
    assert.equal(result.headers['content-type'], 'text/event-stream');
    const events = result.body
      .toString()
      .split('\n')
      .flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6))] : []));
    assert.deepEqual(
      events.map(({ type, index }) => (index === undefined ? type : `${type} ${index}`)),
      [
        'message_start',
        'content_block_start 0',
        'content_block_delta 0',
        'content_block_delta 0',
        'content_block_stop 0',
        'content_block_start 1',
        'content_block_delta 1',
        'content_block_stop 1',
        'content_block_start 2',
        'content_block_delta 2',
        'content_block_stop 2',
        'message_delta',
        'message_stop',
      ],
    );
    assert.deepEqual(events[5].content_block, {
      type: 'tool_use',
      id: 'c1',
      name: 'sb_read_file',
      input: {},
    });
    assert.equal(events[6].delta.partial_json, '{"path":"a"}');
    assert.equal(events[11].delta.stop_reason, 'tool_use');
    assert.ok((records[0]?.inputTokens ?? 0) > 0 && (records[0]?.outputTokens ?? 0) > 0);
    await gateway.close();
  });

  it('answer a whole request by a whole message, and count tokens by estimate', async () => {
    const { gateway } = open(() => parts({ type: 'text', text: 'a' }, { type: 'text', text: 'b' }));
    const whole = JSON.parse((await callGateway(gateway, { body: body({}) })).body.toString());
    assert.deepEqual(whole.content, [{ type: 'text', text: 'ab' }]);
    assert.equal(whole.stop_reason, 'end_turn');
    const counted = await callGateway(gateway, { path: '/v1/messages/count_tokens', body: body({}) });
    assert.ok(JSON.parse(counted.body.toString()).input_tokens > 10);
    await gateway.close();
  });

  it('are told the whole conversation, and the user’s choice of the model', async () => {
    const { gateway, asked } = open(() => parts({ type: 'text', text: 'ok' }));
    await callGateway(gateway, {
      body: body({
        system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
        tools,
        tool_choice: { type: 'any' },
        messages: [
          { role: 'user', content: 'look' },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'hm', signature: 'x' },
              { type: 'text', text: 'I look.' },
              { type: 'tool_use', id: 'c1', name: 'sb_read_file', input: { path: 'a' } },
            ],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 'c1',
                is_error: true,
                content: [{ type: 'text', text: 'no' }],
              },
              { type: 'tool_result', tool_use_id: 'c2', content: 'yes' },
            ],
          },
        ],
      }),
    });
    assert.deepEqual(asked, [
      {
        model: 'chosen',
        mustCall: true,
        tools: [{ name: 'sb_read_file', description: 'Reads.', schema: { type: 'object' } }],
        messages: [
          { role: 'user', parts: [{ type: 'text', text: 'Be brief.' }] },
          { role: 'user', parts: [{ type: 'text', text: 'look' }] },
          { role: 'assistant', parts: [{ type: 'text', text: 'I look.' }, call] },
          {
            role: 'user',
            parts: [
              { type: 'tool-result', callId: 'c1', text: 'Error: no' },
              { type: 'tool-result', callId: 'c2', text: 'yes' },
            ],
          },
        ],
      },
    ]);
    await gateway.close();
  });

  it('are not asked what they cannot be told', async () => {
    const { gateway, asked } = open(() => parts());
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: '' } };
    const result = await callGateway(gateway, {
      body: body({ messages: [{ role: 'user', content: [image] }] }),
    });
    assert.equal(result.status, 400);
    assert.match(result.body.toString(), /editor's models cannot take messages/);
    assert.deepEqual(asked, []);
    await gateway.close();
  });

  for (const [problem, status] of [
    ['no-model', 404],
    ['not-allowed', 403],
    ['blocked', 400],
    ['failed', 502],
  ] as const)
    it(`say why they do not answer: ${problem}`, async () => {
      const { gateway } = open(() => parts({ type: 'problem', problem, message: 'because\u202e' }));
      const result = await callGateway(gateway, { body: body({ stream: true }) });
      assert.equal(result.status, status);
      assert.match(result.body.toString(), /because\\\\u\{202e\}/);
      await gateway.close();
    });

  it('never end a stream that broke off', async () => {
    const { gateway, records } = open(() =>
      parts({ type: 'text', text: 'half' }, { type: 'problem', problem: 'failed', message: 'it broke' }),
    );
    const result = await callGateway(gateway, { body: body({ stream: true }) });
    assert.ok(result.broken !== undefined);
    assert.ok(!result.body.toString().includes('message_stop'));
    assert.match(records[0]?.error ?? '', /it broke/);
    await gateway.close();
  });

  it('are cancelled with the call', async () => {
    const cancel = new AbortController();
    let ended = false;
    const { gateway } = open((_request, signal) =>
      (async function* () {
        try {
          yield { type: 'text', text: 'one' } as const;
          await new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(new Error('aborted'))),
          );
        } finally {
          ended = true;
        }
      })(),
    );
    setTimeout(() => cancel.abort(), 30);
    await callGateway(gateway, { body: body({ stream: true }), signal: cancel.signal }).catch(
      () => undefined,
    );
    await gateway.close();
    assert.ok(ended);
  });
});
