import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { describeError } from '../../base/errors.js';
import { maxToolBodyBytes } from '../../protocol/bridge.js';
import { bridgeTools } from '../agent/tool-client.js';
import { boundLines } from './bound-lines.js';
import { createBrokerServer } from './broker-server.js';
import { findBridge } from './find-bridge.js';

/** JSON in a JSON-RPC message: what it adds is small. */
const MAX_LINE_BYTES = maxToolBodyBytes + 64 * 1024;

// The broker over stdio, started by an agent as its MCP server; it runs as the agent and has none of its own rights.
async function main(): Promise<void> {
  const server = createBrokerServer(bridgeTools(await findBridge()));
  const input = boundLines(MAX_LINE_BYTES);
  input.once('error', fail);
  // Whatever still runs is cancelled by the closed connections.
  process.stdin.once('end', () => process.exit(0));
  process.stdin.once('error', fail);
  await server.connect(new StdioServerTransport(process.stdin.pipe(input), process.stdout));
}

function fail(error: unknown): void {
  process.stderr.write(`airlock broker: ${describeError(error)}\n`, () => process.exit(1));
}

main().catch(fail);
