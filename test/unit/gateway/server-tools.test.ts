import assert from 'node:assert/strict';
import type { ProviderId } from '../../../src/gateway/provider.js';
import { refuseServerTools } from '../../../src/gateway/server-tools/refuse-server-tools.js';
import type { ServerToolKind } from '../../../src/gateway/server-tools/server-tool.js';
import { callGateway, openGateway, startRawUpstream } from './support.js';

const user = (content: unknown) => ({ messages: [{ role: 'user', content }] });
const url = 'https://example.org/x.png';

const refused: readonly [ProviderId, ServerToolKind, unknown][] = [
  ['anthropic', 'web-search', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
  ['anthropic', 'web-fetch', { tools: [{ type: 'web_fetch_20250910', name: 'web_fetch' }] }],
  ['anthropic', 'code-execution', { tools: [{ type: 'code_execution_20250825', name: 'code' }] }],
  ['anthropic', 'remote-mcp', { tools: [{ type: 'mcp_toolset', mcp_server_name: 'x' }] }],
  ['anthropic', 'remote-mcp', { mcp_servers: [{ type: 'url', url }] }],
  ['anthropic', 'code-execution', { container: { skills: [] } }],
  ['anthropic', 'other', { tools: [{ type: 'bash_20250124x', name: 'bash' }] }],
  ['anthropic', 'other', { tools: ['bash'] }],
  ['anthropic', 'other', { tools: { type: 'advisor' } }],
  ['anthropic', 'url-content', user([{ type: 'image', source: { type: 'url', url } }])],
  ['anthropic', 'url-content', user([{ type: 'document', source: { type: 'url', url } }])],
  [
    'anthropic',
    'url-content',
    user([{ type: 'tool_result', content: [{ type: 'image', source: { type: 'url', url } }] }]),
  ],
  ['openai', 'web-search', { web_search_options: {} }],
  ['openai', 'web-search', { tools: [{ type: 'web_search' }] }],
  ['openai', 'web-search', { tools: [{ type: 'web_search_preview_2025_03_11' }] }],
  ['openai', 'remote-mcp', { tools: [{ type: 'mcp', server_url: url }] }],
  ['openai', 'remote-mcp', { tools: [{ type: 'namespace', name: 'x', tools: [{ type: 'mcp' }] }] }],
  ['openai', 'code-execution', { tools: [{ type: 'code_interpreter', container: { type: 'auto' } }] }],
  ['openai', 'code-execution', { tools: [{ type: 'shell' }] }],
  ['openai', 'file-search', { tools: [{ type: 'file_search' }] }],
  ['openai', 'other', { tools: [{ type: 'image_generation' }] }],
  ['openai', 'other', { tools: [{}] }],
  ['openai', 'url-content', user([{ type: 'image_url', image_url: { url } }])],
  [
    'openai',
    'url-content',
    { input: [{ role: 'user', content: [{ type: 'input_image', image_url: url }] }] },
  ],
  ['openai', 'url-content', { input: [{ role: 'user', content: [{ type: 'input_file', file_url: url }] }] }],
  ['gemini', 'web-search', { tools: [{ googleSearch: {} }] }],
  ['gemini', 'web-search', { tools: [{ google_search: {} }] }],
  ['gemini', 'web-search', { tools: [{ googleSearchRetrieval: {} }] }],
  ['gemini', 'web-search', { tools: [{ functionDeclarations: [], googleMaps: {} }] }],
  ['gemini', 'web-fetch', { tools: [{ url_context: {} }] }],
  ['gemini', 'code-execution', { tools: { codeExecution: {} } }],
  ['gemini', 'file-search', { tools: [{ fileSearch: {} }] }],
  ['gemini', 'remote-mcp', { tools: [{ mcpServers: [] }] }],
  ['gemini', 'other', { tools: [{ computerUse: {} }] }],
  ['gemini', 'other', { cachedContent: 'cachedContents/1' }],
  ['gemini', 'url-content', { contents: [{ parts: [{ fileData: { fileUri: url } }] }] }],
  ['gemini', 'url-content', { contents: { parts: { file_data: { file_uri: url } } } }],
];

const passed: readonly [ProviderId, unknown][] = [
  [
    'anthropic',
    {
      tools: [
        { name: 'a', input_schema: { type: 'url' } },
        { type: 'custom', name: 'b' },
      ],
    },
  ],
  [
    'anthropic',
    {
      tools: [
        { type: 'bash_20250124', name: 'bash' },
        { type: 'memory_20250818', name: 'm' },
      ],
    },
  ],
  ['anthropic', user([{ type: 'image', source: { type: 'base64', data: 'AA==' } }])],
  ['anthropic', user([{ type: 'tool_use', input: { source: { type: 'url', url } } }])],
  ['anthropic', user(`look at ${url}`)],
  ['anthropic', { mcp_servers: [] }],
  [
    'openai',
    {
      tools: [
        { type: 'function', function: { name: 'web_search' } },
        { type: 'custom', name: 'x' },
      ],
    },
  ],
  ['openai', { tools: [{ type: 'namespace', name: 'x', tools: [{ type: 'function', name: 'y' }] }] }],
  ['openai', user([{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }])],
  ['openai', { tools: null }],
  ['gemini', { tools: [{ functionDeclarations: [{ name: 'google_search' }] }] }],
  [
    'gemini',
    { contents: [{ parts: [{ functionCall: { name: 'x', args: { fileData: { fileUri: url } } } }] }] },
  ],
  ['gemini', { contents: [{ parts: [{ inlineData: { data: 'AA==' } }] }] }],
];

describe('tools of the model service', () => {
  for (const [provider, kind, body] of refused) {
    it(`${provider}: refuses ${JSON.stringify(body)}`, () => {
      assert.match(refuseServerTools(provider, body, []) ?? '', new RegExp(`\\(${kind}: `));
      assert.equal(refuseServerTools(provider, body, [kind]), undefined);
    });
  }
  for (const [provider, body] of passed)
    it(`${provider}: passes ${JSON.stringify(body)}`, () =>
      assert.equal(refuseServerTools(provider, body, []), undefined));

  it('refuses before anything is sent, and lets pass what the user allows', async () => {
    const upstream = await startRawUpstream((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'),
    );
    const body = JSON.stringify({ model: 'm', tools: [{ type: 'web_search_20250305', name: 'web_search' }] });
    const strict = openGateway(upstream.url);
    const answer = await callGateway(strict.gateway, { body });
    assert.equal(answer.status, 403);
    assert.equal(JSON.parse(answer.body.toString()).error.type, 'permission_error');
    assert.equal(upstream.connections.length, 0);
    await strict.gateway.close();
    const open = openGateway(upstream.url, { allowServerTools: ['web-search'] });
    assert.equal((await callGateway(open.gateway, { body })).status, 200);
    await open.gateway.close();
    await upstream.close();
  });
});
