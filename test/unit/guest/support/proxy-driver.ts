import { mkdtempSync, rmSync } from 'node:fs';
import * as http2 from 'node:http2';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { readBounded, readLines } from '../../../../src/protocol/ndjson.js';
import {
  type ChangeEntry,
  changeEntry,
  type InitRequest,
  type ToolMessage,
  toolReply,
} from '../../../../src/protocol/tool-proxy.js';
import type { ToolEvent, ToolResult } from '../../../../src/protocol/tools.js';
import { type GuestProcess, startGuest } from './guest-process.js';

/** Lets every command run: what is tested is the proxy, not the policy. */
export const openPolicy = {
  version: 1,
  name: 'test',
  files: { read: {}, write: { allowed: true } },
  commands: {},
  anyCommand: true,
};

export interface Answer {
  readonly status: number;
  readonly headers: http2.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ToolRunOutcome {
  readonly events: readonly ToolEvent[];
  readonly result: ToolResult;
}

/** A real tool proxy with an empty workspace of its own, and a client for its road. */
export class ProxyDriver {
  readonly guest: GuestProcess = startGuest('tool-proxy');
  readonly folder = mkdtempSync(path.join(tmpdir(), 'airlock-proxy-'));
  readonly session = http2.connect('http://proxy', { createConnection: () => this.guest.road });

  constructor() {
    // Failures are seen by the requests.
    this.session.on('error', () => undefined);
  }

  async init(settings: Partial<InitRequest> = {}): Promise<Answer> {
    return this.post('/init', { strategy: 'copy', workspace: this.folder, policy: openPolicy, ...settings });
  }

  open(route: string): http2.ClientHttp2Stream {
    const stream = this.session.request({ ':method': 'POST', ':path': route });
    // A reset is part of some tests; the others see it as a missing answer.
    stream.on('error', () => undefined);
    return stream;
  }

  async post(route: string, body: unknown): Promise<Answer> {
    const stream = this.open(route);
    stream.end(typeof body === 'string' ? body : JSON.stringify(body));
    return readAnswer(stream);
  }

  async send(route: string, body: Readable): Promise<Answer> {
    const stream = this.open(route);
    body.pipe(stream);
    return readAnswer(stream);
  }

  async tool(tool: string, input: unknown): Promise<ToolResult> {
    return (await this.toolEvents(tool, input)).result;
  }

  startTool(tool: string, input: unknown): http2.ClientHttp2Stream {
    const stream = this.open('/tool');
    stream.end(toLine({ kind: 'call', id: 1, call: { tool, input } }));
    return stream;
  }

  async toolEvents(tool: string, input: unknown): Promise<ToolRunOutcome> {
    const events: ToolEvent[] = [];
    for await (const line of readLines(this.startTool(tool, input)))
      events.push(toolReply.parse(JSON.parse(line)).event);
    const result = events.at(-1);
    if (result?.type !== 'result') throw new Error(`no result: ${this.guest.errors()}`);
    return { events, result };
  }

  run(command: string, extra: object = {}): Promise<ToolResult> {
    return this.tool('run_command', { command, ...extra });
  }

  async collect(): Promise<readonly ChangeEntry[]> {
    const answer = await this.post('/collect', {});
    if (answer.status !== 200) throw new Error(`collect: ${answer.status} ${answer.body.toString()}`);
    const lines = answer.body.toString().trimEnd().split('\n');
    const entries = lines.map((line) => changeEntry.parse(JSON.parse(line)));
    const end = entries.pop();
    if (end?.type !== 'end' || end.count !== entries.length) throw new Error('the list has no proper end');
    return entries.sort((a, b) => ('path' in a && 'path' in b && a.path < b.path ? -1 : 1));
  }

  async stop(): Promise<void> {
    // The road first: Node's session fails an assertion when it says goodbye on a pipe that is stuck.
    this.guest.road.destroy();
    await this.guest.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function toLine(message: ToolMessage): string {
  return `${JSON.stringify(message)}\n`;
}

async function readAnswer(stream: http2.ClientHttp2Stream): Promise<Answer> {
  const headers = await new Promise<http2.IncomingHttpHeaders>((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('close', () => reject(new Error('the stream closed without an answer')));
  });
  return { status: Number(headers[':status']), headers, body: await readBounded(stream, 200 * 1024 * 1024) };
}
