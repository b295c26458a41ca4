import * as http2 from 'node:http2';
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type * as z from 'zod';
import { errors } from '../../base/errors.js';
import { readChunks } from '../../protocol/chunks.js';
import { limits } from '../../protocol/limits.js';
import { readBounded, readLines } from '../../protocol/ndjson.js';
import { protocolVersion, roadMemoryMb, roadSettings, roadWindowBytes } from '../../protocol/road.js';
import {
  type ChangeEntry,
  changeEntry,
  commitCount,
  headReply,
  type InitReply,
  type InitRequest,
  importReply,
  initReply,
  maskReply,
  pathsReply,
  routes,
} from '../../protocol/tool-proxy.js';
import type { ToolCall, ToolOutput, ToolResult } from '../../protocol/tools.js';
import { answer, parse, type Reply } from './proxy-reply.js';
import { ToolCalls } from './tool-calls.js';

const SHORT_CALL_MS = 30_000;

/** The agent's commits as its sandbox tells of them. */
export interface SandboxBundle {
  readonly commits: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The host's end of the road to the tool proxy. Every answer is bounded and parsed; failures are `guestFailed`. */
export class ProxyClient {
  readonly #stdio: Duplex;
  readonly #session: http2.ClientHttp2Session;
  readonly #calls: ToolCalls;
  /** Settles when the road has ended, for whatever reason. */
  readonly closed: Promise<void>;

  constructor(stdio: Duplex) {
    this.#stdio = stdio;
    this.#session = http2.connect('http://proxy', {
      createConnection: () => stdio,
      settings: roadSettings,
      maxSessionMemory: roadMemoryMb,
    });
    this.#session.once('connect', () => {
      if (!this.#session.destroyed) this.#session.setLocalWindowSize(roadWindowBytes);
    });
    this.#calls = new ToolCalls(this.#session);
    this.closed = new Promise((resolve) => this.#session.once('close', resolve));
    // Failures surface in the requests; without a listener they would end the process.
    this.#session.on('error', () => undefined);
  }

  async init(request: InitRequest): Promise<InitReply> {
    const reply = await this.#json(routes.init, request, initReply);
    if (reply.version !== protocolVersion) {
      throw errors.guestFailed(`its programs speak version ${reply.version}, not ${protocolVersion}`);
    }
    return reply;
  }

  /** Resolves when the tool proxy answers; rejects when the road has ended. */
  ping(): Promise<void> {
    return new Promise((resolve, reject) => {
      const isSent = this.#session.ping((error) => (error ? reject(error) : resolve()));
      if (!isSent) reject(new Error('too many of them are unanswered'));
    });
  }

  /** Runs one tool call. Aborting kills what it started. */
  tool(call: ToolCall, onOutput: (output: ToolOutput) => void, signal: AbortSignal): Promise<ToolResult> {
    return this.#calls.run(call, onOutput, signal);
  }

  async *collect(signal: AbortSignal): AsyncGenerator<ChangeEntry> {
    const { stream } = await this.#post(routes.collect, Buffer.from('{}'), signal);
    let count = 0;
    for await (const line of readLines(stream)) {
      const entry = parse(changeEntry, line);
      if (entry.type === 'end') {
        if (entry.count !== count) throw errors.guestFailed('the list of changes is incomplete');
        return;
      }
      count += 1;
      if (count > limits.changes) throw errors.changeTooLarge(`more than ${limits.changes} paths`);
      yield entry;
    }
    throw errors.guestFailed('the list of changes ended early');
  }

  /** The bytes of a regular file of the sandbox's workspace; at most `limits.changeFileBytes`. */
  async fetch(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const { stream } = await this.#post(routes.fetch, Buffer.from(JSON.stringify({ path })), signal);
    return readChunks(stream);
  }

  /** Those of the paths that the sandbox's workspace does not have. */
  async absent(paths: readonly string[]): Promise<readonly string[]> {
    return (await this.#json(routes.absent, { paths }, pathsReply)).paths;
  }

  /** Replaces files by what the agent may see of them; returns those that could not be. */
  async mask(
    files: readonly { path: string; content: string }[],
  ): Promise<readonly { path: string; reason: string }[]> {
    return (await this.#json(routes.mask, { files }, maskReply)).failed;
  }

  /** Fills the empty workspace of strategy `copy` from a tar stream; returns the number of entries. */
  async importTar(tar: Readable, signal: AbortSignal): Promise<number> {
    const stream = this.#session.request({ ':method': 'POST', ':path': routes.import }, { signal });
    const [reply] = await Promise.all([answer(stream, this.#session), pipeline(tar, stream)]);
    return parse(importReply, (await readBounded(reply.stream, limits.jsonBytes)).toString()).count;
  }

  /** The commit that the sandbox's repository is at; undefined without one. */
  async head(signal: AbortSignal): Promise<string | undefined> {
    const { stream } = await this.#post(routes.head, Buffer.from('{}'), signal);
    return parse(headReply, (await readBounded(stream, limits.jsonBytes)).toString()).head ?? undefined;
  }

  /**
   * A git bundle of what HEAD of the sandbox's repository has beyond `have`; undefined when that is nothing. The
   * reader bounds it.
   */
  async bundle(have: readonly string[], signal: AbortSignal): Promise<SandboxBundle | undefined> {
    const { stream, headers } = await this.#post(
      routes.bundle,
      Buffer.from(JSON.stringify({ have })),
      signal,
    );
    const commits = parse(commitCount, JSON.stringify(String(headers['airlock-commits'])));
    if (commits > 0) return { commits, bytes: readChunks(stream) };
    stream.resume();
    return undefined;
  }

  close(): void {
    // First the stdio: a session that is destroyed while its pipe is stuck fails an assertion in Node 20.
    this.#stdio.destroy();
    this.#session.destroy();
  }

  async #json<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    const { stream } = await this.#post(
      path,
      Buffer.from(JSON.stringify(body)),
      AbortSignal.timeout(SHORT_CALL_MS),
    );
    return parse(schema, (await readBounded(stream, limits.jsonBytes)).toString());
  }

  async #post(path: string, body: Buffer, signal: AbortSignal): Promise<Reply> {
    const stream = this.#session.request({ ':method': 'POST', ':path': path }, { signal });
    stream.end(body);
    return answer(stream, this.#session);
  }
}
