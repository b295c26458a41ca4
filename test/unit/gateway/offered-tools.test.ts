import assert from 'node:assert/strict';
import { listOfferedTools } from '../../../src/gateway/offered-tools.js';
import { anthropicBody, callGateway, openGateway, startRawUpstream } from './support.js';

const rows: readonly [string, unknown, readonly string[]][] = [
  ['no tools', { model: 'm' }, []],
  ['null', { tools: null }, []],
  [
    'Messages',
    {
      tools: [
        { name: 'a', input_schema: {} },
        { type: 'custom', name: 'b' },
      ],
    },
    ['a', 'b'],
  ],
  ['a tool of the service', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, ['web_search']],
  ['Chat Completions', { tools: [{ type: 'function', function: { name: 'a' } }] }, ['a']],
  ['its older form', { functions: [{ name: 'a' }] }, ['a']],
  ['Responses', { tools: [{ type: 'function', name: 'a' }, { type: 'local_shell' }] }, ['a', 'local_shell']],
  [
    'a namespace',
    { tools: [{ type: 'namespace', name: 'mcp__x', tools: [{ type: 'function', name: 'a' }] }] },
    ['mcp__x.a'],
  ],
  ['Gemini', { tools: [{ functionDeclarations: [{ name: 'a' }, { name: 'b' }] }] }, ['a', 'b']],
  ['Gemini in the other spelling', { tools: [{ function_declarations: [{ name: 'a' }] }] }, ['a']],
  [
    'Gemini with a tool of the service beside',
    { tools: [{ functionDeclarations: [{ name: 'a' }], googleSearch: {} }] },
    ['a', 'googleSearch'],
  ],
  ['a tool of the service alone', { tools: [{ codeExecution: {} }] }, ['codeExecution']],
  ['no list', { tools: { name: 'a' } }, ['(a tool without a name)']],
  ['a text', { tools: ['a'] }, ['(a tool without a name)']],
];

describe('offered tools', () => {
  for (const [title, body, expected] of rows) {
    it(title, () => assert.deepEqual(listOfferedTools(body), expected));
  }

  it('does not follow namespaces without end', () => {
    let tool: unknown = { type: 'function', name: 'a' };
    for (let depth = 0; depth < 50; depth += 1) tool = { type: 'namespace', name: 'n', tools: [tool] };
    assert.deepEqual(listOfferedTools({ tools: [tool] }), ['(a tool without a name)']);
  });

  it('refuses a request by them before anything is sent', async () => {
    const upstream = await startRawUpstream(() => undefined);
    const { gateway } = openGateway(upstream.url, {
      checkTools: (offered) => (offered.includes('Bash') ? 'it offers Bash' : undefined),
    });
    const body = JSON.stringify({ ...JSON.parse(anthropicBody), tools: [{ name: 'Bash' }] });
    const result = await callGateway(gateway, { body });
    assert.equal(result.status, 403);
    assert.match(result.body.toString(), /it offers Bash/);
    assert.equal(upstream.connections.length, 0);
    await gateway.close();
    await upstream.close();
  });
});
