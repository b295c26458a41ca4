import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolCall } from '../../../src/protocol/tools.js';
import { loadScript } from '../../model-server/script.js';
import { type ModelServer, startModelServer } from '../../model-server/server.js';

const fixtures = join(process.cwd(), 'test/fixtures');
const user = { role: 'user', content: 'go' };

describe('scripted model server', () => {
  let server: ModelServer;
  before(async () => {
    server = await startModelServer({
      expectKey: 'right',
      script: [
        [{ tool: 'read_file', input: { path: 'a' } }],
        { expect: { lastToolResultIncludes: 'denied' }, blocks: [{ text: 'seen' }] },
        [{ status: 429, error: 'later', retryAfter: 1, times: 1 }, { text: 'now' }],
      ],
    });
  });
  after(() => server.close());

  const anthropic = (body: object, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': 'right', 'anthropic-version': '2023-06-01', ...headers },
      body: JSON.stringify({ model: 'm', max_tokens: 9, messages: [user], ...body }),
    });
  const openai = (body: object, key = 'right') =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'm', messages: [user], ...body }),
    });
  const toolUse = {
    role: 'assistant',
    content: [{ type: 'tool_use', id: 't1', name: 'read_file', input: {} }],
  };
  const toolResult = (content: unknown, id = 't1') => ({
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: id, content }],
  });
  const openaiCall = {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'read_file', arguments: '{}' } }],
  };

  it("refuses a wrong key in each protocol's form", async () => {
    const first = await anthropic({}, { 'x-api-key': 'wrong' });
    assert.equal(first.status, 401);
    assert.match(await first.text(), /"authentication_error"/);
    const second = await openai({}, 'wrong');
    assert.equal(second.status, 401);
    assert.match(await second.text(), /"invalid_api_key"/);
  });

  const invalid: [string, () => Promise<Response>, RegExp][] = [
    ['no version header', () => anthropic({}, { 'anthropic-version': '' }), /anthropic-version/],
    ['no max_tokens', () => anthropic({ max_tokens: undefined }), /max_tokens/],
    [
      'an unanswered tool_use',
      () => anthropic({ messages: [user, toolUse, user] }),
      /without tool_result.*t1/,
    ],
    ['a stray tool_result', () => anthropic({ messages: [toolResult('x')] }), /unexpected tool_use_id.*t1/],
    ['the wrong tool_use_id', () => anthropic({ messages: [user, toolUse, toolResult('x', 't2')] }), /t1/],
    [
      'an unmet expectation',
      () => anthropic({ messages: [user, toolUse, toolResult('fine')] }),
      /expected.*denied.*fine/,
    ],
    ['an unanswered tool call', () => openai({ messages: [user, openaiCall, user] }), /must be followed.*c1/],
    [
      'a stray tool message',
      () => openai({ messages: [user, { role: 'tool', tool_call_id: 'c', content: '' }] }),
      /must answer/,
    ],
  ];
  for (const [name, send, message] of invalid) {
    it(`answers 400 to ${name}`, async () => {
      const response = await send();
      assert.equal(response.status, 400);
      assert.match(await response.text(), message);
    });
  }

  it('goes by the number of assistant messages, in any order and protocol', async () => {
    const seen = await anthropic({
      messages: [user, toolUse, toolResult([{ type: 'text', text: 'denied: x' }])],
    });
    assert.match(await seen.text(), /"seen"/);
    assert.match(await (await anthropic({})).text(), /"tool_use"/);
    const messages = [user, openaiCall, { role: 'tool', tool_call_id: 'c1', content: 'denied' }];
    assert.match(await (await openai({ messages })).text(), /"seen"/);
  });

  it('fails a request as often as told', async () => {
    const messages = [
      user,
      { role: 'assistant', content: 'a' },
      user,
      { role: 'assistant', content: 'b' },
      user,
    ];
    const first = await anthropic({ messages });
    assert.equal(first.status, 429);
    assert.equal(first.headers.get('retry-after'), '1');
    assert.match(await (await anthropic({ messages })).text(), /"now"/);
  });

  it('says "Done." when the script is over', async () => {
    const messages = Array.from({ length: 5 }, () => [user, { role: 'assistant', content: 'a' }]).flat();
    assert.match(await (await anthropic({ messages: [...messages, user] })).text(), /"Done\."/);
  });

  it('streams a tool input in pieces that join to its JSON', async () => {
    const text = await (await anthropic({ stream: true })).text();
    const pieces = [...text.matchAll(/"partial_json":("(?:[^"\\]|\\.)*")/g)].map((match) =>
      String(JSON.parse(match[1] ?? '')),
    );
    assert.ok(pieces.length > 3);
    assert.deepEqual(JSON.parse(pieces.join('')), { path: 'a' });
  });
});

describe('demo script', () => {
  it('asks only for tools that exist, with inputs they take', async () => {
    const script = await loadScript(join(fixtures, 'scripts/demo.json'));
    const calls = script.flat().filter(({ tool }) => tool !== undefined);
    assert.equal(calls.length, 9);
    for (const { tool, input } of calls) toolCall.parse({ tool, input });
  });

  it('mends the sample project', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'airlock-sample-'));
    try {
      await cp(join(fixtures, 'sample-project'), dir, { recursive: true });
      assert.notEqual(await runTests(dir), 0, 'the sample has no bug to mend');
      const script = await loadScript(join(fixtures, 'scripts/demo.json'));
      const edit = script.flat().find(({ tool }) => tool === 'edit_file');
      const call = toolCall.parse({ tool: 'edit_file', input: edit?.input });
      assert.ok(call.tool === 'edit_file');
      const [change] = call.input.edits;
      const file = join(dir, call.input.path);
      const text = await readFile(file, 'utf8');
      assert.equal(text.split(change?.old ?? '').length, 2, 'the edit is not unique');
      await writeFile(file, text.split(change?.old ?? '').join(change?.new));
      assert.equal(await runTests(dir), 0);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});

/** Exit code of the project's tests, free of the runner that runs us. */
function runTests(cwd: string): Promise<number> {
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, ['--test'], { cwd, env, timeout: 30_000 });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? -1));
  });
}
