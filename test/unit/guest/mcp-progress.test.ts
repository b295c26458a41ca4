import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { RunTool } from '../../../src/guest/agent/tool-client.js';
import { createBrokerServer } from '../../../src/guest/mcp/broker-server.js';

async function connect(runTool: RunTool): Promise<Client> {
  const [here, there] = InMemoryTransport.createLinkedPair();
  await createBrokerServer(runTool, 20).connect(there);
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(here);
  return client;
}

describe('MCP broker', () => {
  it('reports progress while a call runs, which keeps a client from giving it up', async () => {
    let finish: () => void = () => undefined;
    const client = await connect(
      () =>
        new Promise((resolve) => {
          finish = () => resolve({ ok: true, text: 'done' });
        }),
    );
    let told = 0;
    const result = await client.callTool(
      { name: 'sb_run_command', arguments: { command: 'make' } },
      undefined,
      {
        // Shorter than the call; each notification begins it anew.
        timeout: 1000,
        resetTimeoutOnProgress: true,
        onprogress: () => {
          told += 1;
          if (told === 5) finish();
        },
      },
    );
    assert.ok(told >= 5);
    assert.match(JSON.stringify(result.content), /done/);
    await client.close();
  });

  it('runs a bounded number of calls at once', async () => {
    const waiting: Array<() => void> = [];
    const client = await connect(
      () => new Promise((resolve) => waiting.push(() => resolve({ ok: true, text: 'ran' }))),
    );
    const call = () => client.callTool({ name: 'sb_search', arguments: { pattern: 'x' } });
    const first = Array.from({ length: 64 }, call);
    const over = await call();
    assert.match(JSON.stringify(over.content), /More than 64 calls at once/);
    for (const done of waiting) done();
    for (const result of await Promise.all(first)) assert.match(JSON.stringify(result.content), /ran/);
    await client.close();
  });

  it('cuts a result in its middle', async () => {
    const client = await connect(async () => ({ ok: true, text: `a${'x'.repeat(1e6)}z` }));
    const result = await client.callTool({ name: 'sb_search', arguments: { pattern: 'x' } });
    const text = JSON.stringify(result.content);
    assert.ok(text.length < 400_000);
    assert.match(text, /characters left out/);
    await client.close();
  });
});
