import type { IncomingMessage } from 'node:http';
import type Docker from 'dockerode';

/** More than an engine has to say with some thousand containers; an inspection has some kilobytes. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Judged here, so that a refusal's text is bounded as well. */
const EVERY_STATUS = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [100 + index, true as const]),
);

export interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The engine refused; of the shape that dockerode's own errors have. */
export class EngineRefusal extends Error {
  readonly statusCode: number;
  readonly json: unknown;

  constructor(statusCode: number, json: unknown) {
    super(`the engine answered with status ${statusCode}`);
    this.name = 'EngineRefusal';
    this.statusCode = statusCode;
    this.json = json;
  }
}

/**
 * One call of the Engine API that is answered by JSON, or by nothing. Unlike dockerode's own methods it bounds the
 * answer's size, and leaves nothing open when the signal is aborted. Throws `EngineRefusal` for a status that is no
 * success.
 */
export async function ask(
  docker: Docker,
  { method, path, query = {}, body, signal }: Question,
): Promise<unknown> {
  const search = new URLSearchParams(query).toString();
  const response = await dial(docker, {
    // The modem takes the last character off a path with a query that it is not given itself.
    path: search === '' && body === undefined ? path : `${path}?${search}&`,
    method,
    isStream: true,
    statusCodes: EVERY_STATUS,
    ...(body === undefined ? {} : { options: { _query: {}, _body: body } }),
    ...(signal === undefined ? {} : { abortSignal: signal }),
  });
  const answer = parse(await readText(response));
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) throw new EngineRefusal(status, answer);
  return answer;
}

function dial(docker: Docker, options: Parameters<Docker['modem']['dial']>[0]): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(options, (error: unknown, response: unknown) =>
      error ? reject(error) : resolve(response as IncomingMessage),
    );
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the response, and with it the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error(`it answered with more than ${MAX_BYTES / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What is no JSON is left as text, which no schema takes for an answer. */
function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 1000);
  }
}
