import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import * as http2 from 'node:http2';
import { Duplex, PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { AirlockError } from '../../../../src/base/errors.js';
import { readLines } from '../../../../src/protocol/ndjson.js';
import { type ToolMessage, toolMessage } from '../../../../src/protocol/tool-proxy.js';
import type { ToolCall, ToolOutput } from '../../../../src/protocol/tools.js';
import { ToolCalls } from '../../../../src/session/roads/tool-calls.js';

type Say = (line: unknown) => void;
type Guest = (message: ToolMessage, say: Say, stream: http2.ServerHttp2Stream) => void;

const call: ToolCall = { tool: 'list_directory', input: { path: '', depth: 1 } };
const result = (id: number, text = '') => ({ id, event: { type: 'result', ok: true, text } });
const output = (id: number, text: string) => ({ id, event: { type: 'output', stream: 'stdout', text } });

/** The guest is hostile: what it may answer is what is tested, so each test writes its own. */
describe('tool calls on one stream', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  function connect(guest: Guest): { calls: ToolCalls; streams: () => number; end: () => void } {
    const [there, back] = [new PassThrough(), new PassThrough()];
    const theirs = Duplex.from({ readable: there, writable: back });
    const road = http2.connect('http://proxy', {
      createConnection: () => Duplex.from({ readable: back, writable: there }),
    });
    road.on('error', () => undefined);
    let opened = 0;
    const server = http2.createServer().on('stream', async (stream) => {
      opened += 1;
      stream.on('error', () => undefined);
      const say: Say = (line) => {
        if (stream.destroyed) return;
        if (!stream.headersSent) stream.respond({ ':status': 200 });
        stream.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
      };
      try {
        for await (const line of readLines(stream)) guest(toolMessage.parse(JSON.parse(line)), say, stream);
      } catch {
        // The host has reset it.
      }
    });
    server.emit('connection', theirs);
    const end = () => {
      road.destroy();
      theirs.destroy();
    };
    ends.push(end);
    return { calls: new ToolCalls(road), streams: () => opened, end };
  }

  const run = (calls: ToolCalls, signal = new AbortController().signal, seen: ToolOutput[] = []) =>
    calls.run(call, (event) => seen.push(event), signal);
  const failed = (reason: RegExp) => (error: unknown) => {
    ok(error instanceof AirlockError);
    equal(error.code, 'guest-failed');
    match(error.message, reason);
    return true;
  };

  it('gives each call its own output and result, in whatever order they come', async () => {
    const waiting: number[] = [];
    const { calls, streams } = connect((message, say) => {
      waiting.push(message.id);
      if (waiting.length < 2) return;
      for (const id of waiting.reverse()) {
        say(output(id, `of ${id}`));
        say(result(id, `end ${id}`));
      }
    });
    const [one, two]: ToolOutput[][] = [[], []];
    const results = await Promise.all([run(calls, undefined, one), run(calls, undefined, two)]);
    deepEqual(
      results.map(({ text }) => text),
      ['end 1', 'end 2'],
    );
    deepEqual([one?.[0]?.text, two?.[0]?.text], ['of 1', 'of 2']);
    equal(streams(), 1);
  });

  it('cancels one call, hears no more of it, and goes on', async () => {
    const heard: ToolMessage[] = [];
    const { calls, streams } = connect((message, say) => {
      heard.push(message);
      if (message.kind === 'cancel') {
        say(output(message.id, 'late'));
        say(result(message.id));
      } else if (message.id === 2) say(result(2, 'second'));
    });
    const controller = new AbortController();
    const seen: ToolOutput[] = [];
    const first = run(calls, controller.signal, seen);
    await setImmediate();
    controller.abort();
    await rejects(first, failed(/cancelled/));
    equal((await run(calls)).text, 'second');
    deepEqual(
      heard.map(({ kind, id }) => [kind, id]),
      [
        ['call', 1],
        ['cancel', 1],
        ['call', 2],
      ],
    );
    deepEqual([seen, streams()], [[], 1]);
    await rejects(run(calls, AbortSignal.abort()), failed(/cancelled/));
  });

  const garbage: [string, unknown, RegExp][] = [
    ['no JSON', 'nonsense', /agreed form/],
    ['another form', { id: 1, event: { type: 'other' } }, /agreed form/],
    ['a call that nobody made', result(7), /nobody made/],
  ];
  for (const [what, line, reason] of garbage) {
    it(`fails all calls at ${what}, and the next has a stream of its own`, async () => {
      const { calls, streams } = connect((message, say) => {
        if (message.id === 2) say(line);
        else if (message.id === 3) say(result(3, 'anew'));
      });
      const both = [run(calls), run(calls)];
      for (const each of both) await rejects(each, failed(reason));
      equal((await run(calls)).text, 'anew');
      equal(streams(), 2);
    });
  }

  it('says what a refusal says', async () => {
    const { calls } = connect((_message, _say, stream) => {
      stream.respond({ ':status': 409 });
      stream.end(JSON.stringify({ error: 'not ready: waiting' }));
    });
    await rejects(run(calls), failed(/409: not ready: waiting/));
  });

  it('gives up a call that sends too much', async () => {
    const text = 'x'.repeat(1024 * 1024);
    const heard: string[] = [];
    const { calls } = connect((message, say) => {
      heard.push(message.kind);
      if (message.kind === 'call') for (let line = 0; line < 40; line += 1) say(output(message.id, text));
    });
    await rejects(run(calls), failed(/too much output/));
    await setImmediate();
    deepEqual(heard, ['call', 'cancel']);
  });

  it('names the end of the tool proxy', async () => {
    const road = connect(() => undefined);
    const pending = run(road.calls);
    await setImmediate();
    road.end();
    await rejects(pending, failed(/its tool proxy ended/));
    await rejects(run(road.calls), failed(/its tool proxy ended/));
  });
});
