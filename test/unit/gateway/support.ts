import { createServer, type Socket } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import type { Logger } from '../../../src/base/logger.js';
import {
  createGateway,
  defaultGatewayLimits,
  type Gateway,
  type GatewayOptions,
  type ModelCallRecord,
} from '../../../src/gateway/gateway.js';

export const KEY = 'sk-test-0123456789abcdefghijklmnop';

/** A request as an Anthropic client makes it. */
export const anthropicBody = JSON.stringify({
  model: 'claude-test',
  max_tokens: 100,
  stream: true,
  messages: [{ role: 'user', content: 'héllo' }],
});

export interface Opened {
  readonly gateway: Gateway;
  readonly records: ModelCallRecord[];
  readonly log: string[];
}

export function openGateway(baseUrl: string, options: Partial<GatewayOptions> = {}): Opened {
  const records: ModelCallRecord[] = [];
  const log: string[] = [];
  const gateway = createGateway({
    provider: 'anthropic',
    baseUrl,
    key: async () => KEY,
    limits: defaultGatewayLimits,
    onCall: (record) => records.push(record),
    logger: collectInto(log),
    ...options,
  });
  return { gateway, records, log };
}

function collectInto(log: string[]): Logger {
  const write = (message: string, cause?: unknown) => log.push(`${message} ${String(cause ?? '')}`);
  return { debug: write, info: write, warn: write, error: write };
}

export interface CallOptions {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer | Readable;
  readonly signal?: AbortSignal;
  /** Where the response goes; left out, it is read to its end. */
  readonly out?: PassThrough;
}

export interface CallResult {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** The response did not end cleanly. */
  broken: Error | undefined;
}

/** One call as the bridge's stream would make it; resolves when the gateway is done with it. */
export async function callGateway(gateway: Gateway, options: CallOptions = {}): Promise<CallResult> {
  const result: CallResult = { status: 0, headers: {}, body: Buffer.alloc(0), broken: undefined };
  const chunks: Buffer[] = [];
  const out = options.out ?? new PassThrough();
  if (options.out === undefined) out.on('data', (chunk: Buffer) => chunks.push(chunk));
  out.on('error', (error) => {
    result.broken = error;
  });
  const body = options.body ?? anthropicBody;
  await gateway.handle({
    method: options.method ?? 'POST',
    path: options.path ?? '/v1/messages',
    headers: options.headers ?? { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
    body: body instanceof Readable ? body : Readable.from([Buffer.from(body)]),
    signal: options.signal ?? new AbortController().signal,
    respond(status, headers) {
      result.status = status;
      result.headers = headers;
      return out;
    },
  });
  if (result.status !== 0 && options.out === undefined && !out.closed) {
    await new Promise((resolve) => out.once('close', resolve));
  }
  result.body = Buffer.concat(chunks);
  return result;
}

export interface RawUpstream {
  readonly url: string;
  readonly port: number;
  /** Everything received on all connections, in order. */
  received(): string;
  readonly connections: Socket[];
  close(): Promise<void>;
}

/** A TCP server that answers each whole request however the test likes. */
export async function startRawUpstream(
  onRequest: (socket: Socket, request: string) => void,
): Promise<RawUpstream> {
  const connections: Socket[] = [];
  let all = '';
  const server = createServer((socket) => {
    connections.push(socket);
    let text = '';
    socket.on('data', (chunk) => {
      all += chunk.toString('latin1');
      text += chunk.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
      if (head < 0 || text.length < head + 4 + length) return;
      const request = text;
      text = '';
      onRequest(socket, request);
    });
    // A client that gives up resets the connection, which is what several tests ask for.
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    received: () => all,
    connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections) socket.destroy();
      }),
  };
}

export const SSE_HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';
export const SSE_END = 'event: message_stop\ndata: {"type":"message_stop"}\n\n';

export function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

/** Polls, because the other end of a socket learns of things in its own time. */
export async function waitFor(what: string, check: () => boolean, ms = 3000): Promise<void> {
  const end = Date.now() + ms;
  while (!check()) {
    if (Date.now() > end) throw new Error(`timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
