import { duplexPair } from 'node:stream';
import { methods, PROTOCOL_VERSION } from '@agentclientprotocol/sdk';
import { agentCwd } from '../../protocol/bridge.js';
import { serveAgent } from '../agent/serve-agent.js';
import { collectFacts } from '../self-test/collect-facts.js';

/** Does once what every session's start does until the agent is ready, so that the code of all of it is kept. */
export async function warmUp(): Promise<void> {
  await collectFacts();
  const [client, agent] = duplexPair();
  const config = {
    provider: 'anthropic',
    model: 'none',
    maxTurns: 1,
    token: 'none',
    port: async () => 0,
  } as const;
  const served = serveAgent(config, agent);
  await request(client, methods.agent.initialize, {
    protocolVersion: PROTOCOL_VERSION,
    clientCapabilities: {},
  });
  await request(client, methods.agent.session.new, { cwd: agentCwd, mcpServers: [] });
  client.end();
  await served;
}

async function request(client: NodeJS.ReadWriteStream, method: string, params: object): Promise<void> {
  const answered = new Promise((resolve) => client.once('data', resolve));
  client.write(`${JSON.stringify({ jsonrpc: '2.0', id: method, method, params })}\n`);
  await answered;
}
