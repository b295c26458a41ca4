import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

export interface SeenTool {
  readonly name: string;
  readonly input: unknown;
  /** True when the caller went away before the answer was complete. */
  aborted: boolean;
}

export interface Front {
  readonly port: number;
  readonly token: string;
  readonly tools: readonly SeenTool[];
  close(): Promise<void>;
}

/** A tool's NDJSON answer; `undefined` never answers. */
export type ToolAnswer = (name: string, input: unknown) => object | undefined;

/** What the bridge offers to the agent, without a host: model calls go on to `modelUrl`, tools are answered here. */
export async function startFront(modelUrl: string, answerTool: ToolAnswer): Promise<Front> {
  const token = 'bridge-token';
  const tools: SeenTool[] = [];
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '';
    const given = incoming.headers['x-api-key'] ?? incoming.headers.authorization?.replace(/^Bearer /, '');
    if (given !== token) outgoing.writeHead(401).end();
    else if (path.startsWith('/llm/')) forward(modelUrl + path.slice('/llm'.length), incoming, outgoing);
    else void runTool(path.slice('/tools/'.length), incoming, outgoing, tools, answerTool);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    token,
    tools,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(url: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const upstream = request(
    url,
    { method: 'POST', headers: { ...incoming.headers, connection: 'close' } },
    (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
      reply.on('error', () => outgoing.destroy());
    },
  );
  upstream.on('error', () => outgoing.destroy());
  outgoing.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}

async function runTool(
  name: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  tools: SeenTool[],
  answerTool: ToolAnswer,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const input: unknown = JSON.parse(Buffer.concat(chunks).toString());
  const seen: SeenTool = { name, input, aborted: false };
  tools.push(seen);
  outgoing.on('close', () => {
    seen.aborted = !outgoing.writableFinished;
  });
  outgoing.writeHead(200, { 'content-type': 'application/x-ndjson' });
  outgoing.write(`${JSON.stringify({ type: 'output', stream: 'stdout', text: 'working\n' })}\n`);
  const answer = answerTool(name, input);
  if (answer !== undefined) outgoing.end(`${JSON.stringify(answer)}\n`);
}
