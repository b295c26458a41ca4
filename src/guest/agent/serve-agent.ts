import { type Duplex, Readable, Writable } from 'node:stream';
import { ndJsonStream } from '@agentclientprotocol/sdk';
import { createAgent } from './acp-agent.js';
import type { AgentConfig } from './config.js';
import type { Converse } from './converse.js';

/** The built-in agent: ACP on `stdio`, the model and the tools through the bridge. Settles when the client is gone. */
export async function serveAgent(config: AgentConfig, stdio: Duplex): Promise<void> {
  let loading: Promise<Converse> | undefined;
  const app = createAgent(() => {
    loading ??= import('./converse.js').then(({ createConverse }) => createConverse(config));
    return loading;
  });
  const input: ReadableStream<Uint8Array> = Readable.toWeb(stdio);
  const connection = app.connect(ndJsonStream(Writable.toWeb(stdio), input));
  await connection.closed;
}
