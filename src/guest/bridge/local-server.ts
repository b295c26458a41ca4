import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ClientHttp2Session } from 'node:http2';
import { maxModelBodyBytes, maxToolBodyBytes } from '../../protocol/bridge.js';
import { forward } from './forward.js';
import { createMcpRoute } from './mcp-route.js';
import { refuse } from './refuse.js';
import { carriesToken } from './token.js';

const MAX_CONNECTIONS = 64;
const MAX_HEADER_BYTES = 32 * 1024;
const HEADERS_MS = 10_000;

/** The agent's door: 127.0.0.1 only, token only, three routes only. Resolves to the port. */
export async function listenLocally(host: ClientHttp2Session, token: string): Promise<number> {
  let port: Promise<number> | undefined;
  const mcp = createMcpRoute({ port: async () => (await port) ?? 0, token });
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADERS_MS, noDelay: true },
    (request, response) => route(host, token, mcp, request, response),
  );
  server.maxConnections = MAX_CONNECTIONS;
  port = listen(server);
  return port;
}

function route(
  host: ClientHttp2Session,
  token: string,
  mcp: (request: IncomingMessage, response: ServerResponse) => void,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const refusal = judge(host, token, request);
  if (refusal !== undefined) refuse(response, refusal.status, refusal.error);
  else if (request.url === '/mcp') mcp(request, response);
  else forward(host, request, response, isTool(request) ? maxToolBodyBytes : maxModelBodyBytes);
}

function judge(
  host: ClientHttp2Session,
  token: string,
  request: IncomingMessage,
): { status: number; error: string } | undefined {
  if (!carriesToken(request.headers, token)) return { status: 401, error: 'the token is missing or wrong' };
  if (host.destroyed || host.closed) return { status: 502, error: 'the host is gone' };
  if (isTool(request) || request.url === '/mcp' || request.url?.startsWith('/llm/')) return undefined;
  return { status: 404, error: 'no such route' };
}

function isTool(request: IncomingMessage): boolean {
  return request.method === 'POST' && /^\/tools\/[a-z_]{1,64}$/.test(request.url ?? '');
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no port was given'));
      resolve(address.port);
    });
  });
}
