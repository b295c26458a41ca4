import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { errors } from '../base/errors.js';
import { sha256 } from '../base/hash.js';
import type { Logger } from '../base/logger.js';
import type { Gateway } from './gateway-types.js';

export interface ListenOptions {
  readonly gateway: Gateway;
  /** What a client must send as its key, in any of the headers model clients use. */
  readonly token: string;
  /** A loopback address. */
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly logger: Logger;
  readonly timeouts?: Partial<ListenTimeouts>;
}

/** Milliseconds. */
export interface ListenTimeouts {
  /** Until a request's head has come. */
  readonly headers: number;
  /** Until a request has come as a whole. */
  readonly request: number;
  /** A connection without a request. */
  readonly idle: number;
}

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

const defaultTimeouts: ListenTimeouts = { headers: 10_000, request: 60_000, idle: 5_000 };
const MAX_CONNECTIONS = 256;
const MAX_HEADER_BYTES = 32 * 1024;
const MAX_HEADERS = 64;

/**
 * The gateway as an HTTP/1.1 server of its own, on this machine only. Node's strict parser refuses what could be read
 * in two ways (RFC 9112 section 6.3); what remains is the token, the form of the target, and time.
 */
export async function listenGateway(options: ListenOptions): Promise<Listening> {
  if (!/^(?:127(?:\.\d{1,3}){3}|::1)$/.test(options.host))
    throw errors.usage('The gateway listens on a loopback address only, such as 127.0.0.1.');
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const server = createServer(
    {
      insecureHTTPParser: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      keepAliveTimeout: timeouts.idle,
      connectionsCheckingInterval: Math.min(1000, timeouts.headers),
      noDelay: true,
      requireHostHeader: true,
      rejectNonStandardBodyWrites: true,
    },
    (request, response) => void serve(options, request, response),
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.maxHeadersCount = MAX_HEADERS;
  // A connection that never sends a byte: the parser's own clocks start with the first.
  server.on('connection', (socket) => socket.setTimeout(timeouts.request, () => socket.destroy()));
  server.on('checkContinue', (_request, response) => refuse(response, 417, 'expectations are not met here'));
  server.on('checkExpectation', (_request, response) =>
    refuse(response, 417, 'expectations are not met here'),
  );
  server.on('clientError', (error, socket) => {
    options.logger.debug(`a malformed request was refused: ${error.message}`);
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else socket.destroy();
  });
  const port = await listen(server, options);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  { gateway, token, logger }: ListenOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = judge(request, token);
  if (refusal !== undefined) return refuse(response, refusal.status, refusal.reason);
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  try {
    await gateway.handle({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: request,
      signal: gone.signal,
      respond: (status, headers) => response.writeHead(status, headers),
    });
  } catch (error) {
    logger.error('a call of the gateway failed', error);
    response.destroy();
    return;
  }
  // What was not read of the body is of no use to anybody.
  if (!request.complete) request.destroy();
}

function judge(request: IncomingMessage, token: string): { status: number; reason: string } | undefined {
  const { rawHeaders, headers, url = '' } = request;
  if (!carriesToken(request, token)) return { status: 401, reason: 'the token is missing or wrong' };
  if (!url.startsWith('/')) return { status: 400, reason: 'the target must be a path' };
  if (headers.upgrade !== undefined) return { status: 400, reason: 'there is no other protocol here' };
  if (headers['transfer-encoding'] !== undefined && headers['transfer-encoding'].toLowerCase() !== 'chunked')
    return { status: 400, reason: 'only the chunked transfer coding is known' };
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    return { status: 415, reason: 'a body must not be compressed' };
  const twice = findRepeated(rawHeaders);
  if (twice !== undefined) return { status: 400, reason: `the header ${twice} came twice` };
  return undefined;
}

/** Headers that decide who asks, for what, and how long it is must not be there twice; node would take the first. */
function findRepeated(rawHeaders: readonly string[]): string | undefined {
  const decisive = [
    'host',
    'authorization',
    'x-api-key',
    'x-goog-api-key',
    'content-type',
    'content-encoding',
    'content-length',
  ];
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  return decisive.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
}

function carriesToken({ headers }: IncomingMessage, token: string): boolean {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  return [bearer, headers['x-api-key'], headers['x-goog-api-key']].some(
    (value) =>
      typeof value === 'string' && timingSafeEqual(Buffer.from(sha256(value)), Buffer.from(sha256(token))),
  );
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ error: { message: `Airlock: ${reason}.` } }));
}

function listen(server: Server, { host, port }: ListenOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(errors.usage(`The gateway cannot listen there (${error.message}).`)),
    );
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no port was given'));
      resolve(address.port);
    });
  });
}
