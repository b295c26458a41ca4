import { mkdtempSync } from 'node:fs';
import * as http from 'node:http';
import * as http2 from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AgentSpec, agentVariable } from '../../../../src/protocol/bridge.js';
import { readBounded } from '../../../../src/protocol/ndjson.js';
import { type GuestProcess, startGuest } from './guest-process.js';

export type HostRoute = (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void;

/** A real bridge with the host's end of its road; the agent prints its environment and waits for stdin to end. */
export class BridgeDriver {
  readonly guest: GuestProcess;
  /** The agent's HOME, empty at the start. */
  readonly home = mkdtempSync(join(tmpdir(), 'airlock-home-'));
  /** What the agent wrote to stdout; it starts with a JSON line of its environment. */
  agentOutput = '';
  exit: unknown;
  port = 0;
  token = '';
  agentStdin: http2.ServerHttp2Stream | undefined;
  #route: HostRoute = (stream) => stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
  readonly ready: Promise<void>;
  readonly exited: Promise<void>;

  constructor(agentCode = 'process.stdin.resume()') {
    const server = http2.createServer();
    const started = createDeferred();
    const exited = createDeferred();
    this.ready = started.promise;
    this.exited = exited.promise;
    const code = `process.stdout.write(JSON.stringify({env:process.env,cwd:process.cwd(),argv:process.argv.slice(1)})+'\\n');${agentCode}`;
    const agent: AgentSpec = {
      kind: 'program',
      command: process.execPath,
      args: ['-e', code, 'port={port}'],
      env: { TOKEN: '{token}', URL: 'http://127.0.0.1:{port}' },
      cwd: '/tmp',
      files: { '.airlock/bridge.json': '{"port":{port},"token":"{token}"}' },
    };
    this.guest = startGuest('bridge', { [agentVariable]: JSON.stringify(agent), HOME: this.home });
    server.on('stream', (stream, headers) => {
      // Resets are part of the tests.
      stream.on('error', () => undefined);
      const path = headers[':path'] ?? '';
      if (path === '/agent/exit') return void this.#exit(stream, exited.resolve);
      if (path === '/agent/stderr') {
        stream.respond();
        stream.end();
        stream.resume();
        return;
      }
      if (path === '/self-test') {
        stream.respond();
        stream.end('{}');
        stream.resume();
        return;
      }
      if (path === '/agent/stdio') {
        this.agentStdin = stream;
        stream.respond();
        stream.on('data', (chunk: Buffer) => {
          this.agentOutput += chunk.toString();
          if (this.token !== '' || !this.agentOutput.includes('\n')) return;
          const { env } = JSON.parse(this.agentOutput.split('\n')[0] ?? '');
          this.token = env.TOKEN;
          this.port = Number(new URL(env.URL).port);
          started.resolve();
        });
        return;
      }
      this.#route(stream, headers);
    });
    server.emit('connection', this.guest.road);
  }

  onCall(route: HostRoute): void {
    this.#route = route;
  }

  /** A call as the agent would make it. */
  call(path: string, options: http.RequestOptions = {}): http.ClientRequest {
    const headers = { authorization: `Bearer ${this.token}`, ...options.headers };
    const request = http.request({
      host: '127.0.0.1',
      port: this.port,
      path,
      method: 'POST',
      agent: false,
      ...options,
      headers,
    });
    request.on('error', () => undefined);
    return request;
  }

  async ask(path: string, body = '', options: http.RequestOptions = {}) {
    const request = this.call(path, options);
    request.end(body);
    return readResponse(request);
  }

  async #exit(stream: http2.ServerHttp2Stream, done: () => void): Promise<void> {
    this.exit = JSON.parse((await readBounded(stream, 10_000)).toString());
    stream.respond();
    stream.end('{}');
    done();
  }
}

export async function readResponse(request: http.ClientRequest) {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  const body = (await readBounded(response, 100 * 1024 * 1024)).toString();
  return { status: response.statusCode, headers: response.headers, body };
}

/** `Promise.withResolvers` for the Node that runs the tests. */
function createDeferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
