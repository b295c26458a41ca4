import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createToken } from '../../base/ids.js';
import { maxToolBodyBytes } from '../../protocol/bridge.js';
import { readBounded } from '../../protocol/ndjson.js';
import type { BridgeAddress } from '../agent/bridge-http.js';
import { bridgeTools } from '../agent/tool-client.js';
import { createBrokerServer } from './broker-server.js';

const MAX_SESSIONS = 16;
/** JSON in a JSON-RPC message: what it adds is small. */
const MAX_BODY_BYTES = maxToolBodyBytes + 64 * 1024;

/**
 * The broker over Streamable HTTP, for agents that start no program as their MCP server
 * (https://modelcontextprotocol.io/specification/2025-06-18/basic/transports). Whoever calls it has checked the token.
 */
export function createMcpEndpoint(
  bridge: BridgeAddress,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const runTool = bridgeTools(bridge);
  const sessions = new Map<string, StreamableHTTPServerTransport>();

  async function open(): Promise<StreamableHTTPServerTransport> {
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: createToken,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    transport.onclose = () => {
      if (transport.sessionId !== undefined) sessions.delete(transport.sessionId);
    };
    await createBrokerServer(runTool).connect(transport);
    return transport;
  }

  return async (request, response) => {
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (id !== undefined && known === undefined) return refuse(response, 404, 'there is no such MCP session');
    // Clients do not always say that they are done: the oldest makes room.
    if (known === undefined && sessions.size >= MAX_SESSIONS) await sessions.values().next().value?.close();
    const body = request.method === 'POST' ? await readJson(request) : undefined;
    await (known ?? (await open())).handleRequest(request, response, body);
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  return JSON.parse((await readBounded(request, MAX_BODY_BYTES)).toString('utf8'));
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }));
}
