import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { planAnswer } from './answer.js';
import { anthropic } from './anthropic.js';
import { gemini } from './gemini.js';
import { openai } from './openai.js';
import { isModelError, type WireProtocol } from './protocol.js';
import { runSteps, sendError } from './respond.js';
import { responses } from './responses.js';
import { lastTurn, type ModelScript, modelScript, type ScriptInput } from './script.js';

export interface RecordedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The JSON of the body, or its text when it is none. */
  readonly body: unknown;
  /** The exact bytes, as text. */
  readonly raw: string;
}

export interface ModelServerOptions {
  readonly script: ScriptInput;
  /** 0 or left out: any free one. */
  readonly port?: number;
  /** Other keys get 401; left out, any non-empty key will do. */
  readonly expectKey?: string;
  /** Requests that offer no tool are no turns of the script; by default when it has the broker's tools. */
  readonly forAgents?: boolean;
  /** File that each request is appended to as a JSON line. */
  readonly log?: string;
}

export interface ModelServer {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** A model that follows a script and speaks the wire protocols of real ones, on 127.0.0.1 only. */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const script = modelScript.parse(options.script);
  const forAgents = options.forAgents ?? script.flat().some(({ tool }) => tool?.startsWith('sb_'));
  const state: State = { options, script, forAgents, requests: [], seen: new Map() };
  const server = createServer((request, response) => {
    handle(state, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the model server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests: state.requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface State {
  readonly options: ModelServerOptions;
  readonly script: ModelScript;
  /** The script is for agents that get the broker's tools over MCP. */
  readonly forAgents: boolean;
  readonly requests: RecordedRequest[];
  /** Times each request body was seen, by hash. */
  readonly seen: Map<string, number>;
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const raw = await readBody(request);
  const path = request.url ?? '';
  const record = {
    at: Date.now(),
    method: request.method ?? '',
    path,
    headers: request.headers,
    body: parseJson(raw),
    raw,
  };
  state.requests.push(record);
  if (state.options.log !== undefined) await appendFile(state.options.log, `${JSON.stringify(record)}\n`);

  const { pathname } = new URL(path, 'http://localhost');
  const protocol = [openai, responses, gemini].find((each) => each.matches(pathname)) ?? anthropic;
  const key = protocol.readKey(request.headers);
  if (!key || (state.options.expectKey !== undefined && key !== state.options.expectKey)) {
    const message = protocol === anthropic ? 'invalid x-api-key' : 'Incorrect API key provided.';
    return sendError(response, protocol, { status: 401, message });
  }
  if (request.method === 'POST' && pathname === '/v1/messages/count_tokens') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ input_tokens: Math.ceil(raw.length / 4) }));
    return;
  }
  if (request.method === 'POST' && /^\/v1beta\/models\/[^/]+:countTokens$/.test(pathname)) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ totalTokens: Math.ceil(raw.length / 4) }));
    return;
  }
  if (request.method !== 'POST' || !protocol.matches(pathname)) {
    return sendError(response, protocol, {
      status: 404,
      message: `no such endpoint: ${request.method} ${pathname}`,
    });
  }
  await answer(state, protocol, { ...record, pathname }, response);
}

async function answer(
  state: State,
  protocol: WireProtocol,
  record: RecordedRequest & { readonly pathname: string },
  response: ServerResponse,
): Promise<void> {
  const conversation = protocol.parse(record.body, record.headers, record.pathname);
  if (isModelError(conversation)) return sendError(response, protocol, conversation);
  const id = createHash('sha256').update(record.raw).digest('hex').slice(0, 24);
  const repeats = state.seen.get(id) ?? 0;
  state.seen.set(id, repeats + 1);
  const scripted = state.script[conversation.turn] ?? lastTurn;
  // Agents ask on the side, without tools: for a title, or a summary. That is no turn of the script.
  const aside = state.forAgents && conversation.offeredTools.length === 0;
  const turn = aside ? lastTurn : scripted;
  const requestBytes = Buffer.byteLength(record.raw);
  const steps = planAnswer(turn, { protocol, conversation, id, requestBytes, repeats });
  await runSteps(response, steps, protocol, conversation.stream);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Error('the request body is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the protocol's own check answers 400.
    return text;
  }
}
