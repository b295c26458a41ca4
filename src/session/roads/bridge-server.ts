import * as http2 from 'node:http2';
import type { Duplex, Readable, Writable } from 'node:stream';
import { describeError } from '../../base/errors.js';
import type { GatewayCall } from '../../gateway/gateway.js';
import {
  type AgentExit,
  agentExit,
  type ExitAnswer,
  type StartedProcess,
  startedProcess,
} from '../../protocol/bridge.js';
import { limits } from '../../protocol/limits.js';
import { readBounded, readLines } from '../../protocol/ndjson.js';
import { protocolVersion, roadMemoryMb, roadSettings, roadWindowBytes } from '../../protocol/road.js';
import { type SelfTestFacts, selfTestFacts } from '../../protocol/self-test.js';
import { ResponseSink } from './response-sink.js';

/** Fifty arguments of a thousand characters, each of up to six bytes as JSON. */
const MAX_PROCESS_LINE = 512 * 1024;

export interface ToolRequest {
  readonly tool: string;
  readonly body: Buffer;
  readonly signal: AbortSignal;
  /** Opens the answer: NDJSON. */
  respond(): Writable;
}

export interface BridgeHandlers {
  onAgent(stdio: Duplex): void;
  onAgentStderr(stderr: Readable): void;
  /** Throws when the sandbox does not hold what it must. */
  onSelfTest(facts: SelfTestFacts): void;
  /** Settles when a contained agent may start. */
  onAgentStart(): Promise<void>;
  onAgentProcess(started: StartedProcess): void;
  /** Whether the agent is to be started once more. */
  onAgentExit(exit: AgentExit): boolean;
  onTool(request: ToolRequest): Promise<void>;
  onModel(call: GatewayCall): Promise<void>;
  /** The bridge broke the protocol or went away. */
  onFailure(error: unknown): void;
}

/** The host's end of the road from the bridge. Serves until the stdio ends; `close` ends it. */
export function serveBridge(stdio: Duplex, handlers: BridgeHandlers): { close(): void } {
  const server = http2.createServer({
    settings: roadSettings,
    maxSessionMemory: roadMemoryMb,
    maxHeaderListPairs: 64,
  });
  const once = new Once();
  server.on('session', (session) => {
    session.setLocalWindowSize(roadWindowBytes);
    session.on('error', (error) => handlers.onFailure(error));
    session.on('close', () => handlers.onFailure(new Error('the bridge went away')));
  });
  server.on('sessionError', (error) => handlers.onFailure(error));
  server.on('stream', (stream, headers) => {
    stream.on('error', () => stream.destroy());
    route(stream, headers, handlers, once).catch((error) => refuse(stream, error));
  });
  server.emit('connection', stdio);
  return {
    close: () => stdio.destroy(),
  };
}

/** Routes that one agent opens once; a second stream would be a second agent. */
class Once {
  readonly #claimed = new Set<string>();

  claim(path: string): void {
    if (this.#claimed.has(path)) throw new Error(`${path} is open already`);
    this.#claimed.add(path);
  }

  /** The agent has ended and another one will open them. */
  forget(): void {
    this.#claimed.clear();
  }
}

async function route(
  stream: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
  handlers: BridgeHandlers,
  once: Once,
): Promise<void> {
  const path = headers[':path'] ?? '';
  if (path === '/agent/stdio') {
    const version = headers['airlock-version'];
    if (version !== protocolVersion) throw new Error(`unknown protocol version ${String(version)}`);
    once.claim(path);
    stream.respond({ ':status': 200 });
    return handlers.onAgent(stream);
  }
  if (path === '/agent/stderr') {
    once.claim(path);
    stream.respond({ ':status': 200 });
    // An answer that ends before the request does would end the request too.
    stream.once('end', () => stream.end());
    return handlers.onAgentStderr(stream);
  }
  if (path === '/self-test') {
    once.claim(path);
    const body = await readBounded(stream, limits.jsonBytes);
    handlers.onSelfTest(selfTestFacts.parse(JSON.parse(body.toString())));
    return sendJson(stream, {});
  }
  if (path === '/agent/start') {
    once.claim(path);
    stream.resume();
    await handlers.onAgentStart();
    return sendJson(stream, {});
  }
  if (path === '/agent/processes') {
    once.claim(path);
    stream.respond({ ':status': 200 });
    stream.once('end', () => stream.end());
    for await (const line of readLines(stream, MAX_PROCESS_LINE))
      handlers.onAgentProcess(startedProcess.parse(JSON.parse(line)));
    return;
  }
  if (path === '/agent/exit') {
    const restart = handlers.onAgentExit(
      agentExit.parse(JSON.parse((await readBounded(stream, limits.jsonBytes)).toString())),
    );
    if (restart) once.forget();
    return sendJson(stream, { restart } satisfies ExitAnswer);
  }
  if (path.startsWith('/tools/')) return routeTool(stream, path.slice('/tools/'.length), handlers);
  if (path.startsWith('/llm/')) return routeModel(stream, headers, path.slice('/llm'.length), handlers);
  throw new Error(`no such route: ${path.slice(0, 100)}`);
}

async function routeTool(
  stream: http2.ServerHttp2Stream,
  tool: string,
  handlers: BridgeHandlers,
): Promise<void> {
  const body = await readBounded(stream, limits.jsonBytes);
  await handlers.onTool({
    tool,
    body,
    signal: abortOnReset(stream),
    respond: () => {
      if (!stream.destroyed) stream.respond({ ':status': 200, 'content-type': 'application/x-ndjson' });
      return new ResponseSink(stream);
    },
  });
}

async function routeModel(
  stream: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
  path: string,
  handlers: BridgeHandlers,
): Promise<void> {
  const { 'airlock-method': method } = headers;
  await handlers.onModel({
    method: typeof method === 'string' ? method : 'POST',
    path,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':'))),
    body: stream,
    signal: abortOnReset(stream),
    respond: (status, replyHeaders) => {
      if (!stream.destroyed) stream.respond({ ...replyHeaders, ':status': status });
      return new ResponseSink(stream);
    },
  });
}

function abortOnReset(stream: http2.ServerHttp2Stream): AbortSignal {
  const controller = new AbortController();
  stream.once('close', () => {
    if (!stream.writableEnded || stream.rstCode !== http2.constants.NGHTTP2_NO_ERROR) controller.abort();
  });
  return controller.signal;
}

function sendJson(stream: http2.ServerHttp2Stream, value: unknown): void {
  stream.respond({ ':status': 200, 'content-type': 'application/json' });
  stream.end(JSON.stringify(value));
}

function refuse(stream: http2.ServerHttp2Stream, error: unknown): void {
  if (stream.destroyed) return;
  if (stream.headersSent) {
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  stream.respond({ ':status': 400, 'content-type': 'application/json' });
  stream.end(JSON.stringify({ error: describeError(error).slice(0, 1000) }));
}
