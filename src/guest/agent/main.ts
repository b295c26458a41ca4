import { Readable, Writable } from 'node:stream';
import { ndJsonStream } from '@agentclientprotocol/sdk';
import { describeError } from '../../base/errors.js';
import { createAgent } from './acp-agent.js';
import { anthropicProvider } from './anthropic.js';
import { type AgentConfig, readConfig } from './config.js';
import { openaiProvider } from './openai.js';
import { bridgeTools } from './tool-client.js';

/** The built-in agent: ACP on stdin and stdout, the model and the tools through the bridge. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const app = createAgent({
    provider: createProvider(config),
    runTool: bridgeTools(config),
    maxTurns: config.maxTurns,
  });
  const input: ReadableStream<Uint8Array> = Readable.toWeb(process.stdin);
  const connection = app.connect(ndJsonStream(Writable.toWeb(process.stdout), input));
  await connection.closed;
  // The client is gone; a model call that still runs is for nobody.
  process.exit(0);
}

function createProvider(config: AgentConfig) {
  return config.provider === 'anthropic'
    ? anthropicProvider(config, config.model)
    : openaiProvider(config, config.model);
}

main().catch((error: unknown) => {
  process.stderr.write(`airlock agent: ${describeError(error)}\n`);
  process.exit(1);
});
