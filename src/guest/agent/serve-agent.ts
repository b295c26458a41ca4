import { type Duplex, Readable, Writable } from 'node:stream';
import { ndJsonStream } from '@agentclientprotocol/sdk';
import { createAgent } from './acp-agent.js';
import { anthropicProvider } from './anthropic.js';
import type { AgentConfig } from './config.js';
import { openaiProvider } from './openai.js';
import { bridgeTools } from './tool-client.js';

/** The built-in agent: ACP on `stdio`, the model and the tools through the bridge. Settles when the client is gone. */
export async function serveAgent(config: AgentConfig, stdio: Duplex): Promise<void> {
  const app = createAgent({
    provider: createProvider(config),
    runTool: bridgeTools(config),
    maxTurns: config.maxTurns,
  });
  const input: ReadableStream<Uint8Array> = Readable.toWeb(stdio);
  const connection = app.connect(ndJsonStream(Writable.toWeb(stdio), input));
  await connection.closed;
}

function createProvider(config: AgentConfig) {
  return config.provider === 'anthropic'
    ? anthropicProvider(config, config.model)
    : openaiProvider(config, config.model);
}
