import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyMessage, Stream } from '@agentclientprotocol/sdk';
import * as z from 'zod';
import { readLines } from '../protocol/ndjson.js';

const MAX_BAD_LINES = 100;
const MAX_OPEN_REQUESTS = 32;
/** What a busy agent never reaches; beyond it the agent is read no faster than this. */
const BYTES_PER_SECOND = 8 * 1024 * 1024;
const BYTES_BURST = 16 * 1024 * 1024;
/** What a line costs beside its bytes. */
const LINE_COST = 512;

const id = z.union([z.string().max(256), z.number()]);
const incomingRequest = z.object({
  jsonrpc: z.literal('2.0'),
  id,
  method: z.string().max(256),
  params: z.unknown().optional(),
});
const incomingNotification = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.undefined().optional(),
  method: z.string().max(256),
  params: z.unknown().optional(),
});
const incomingReply = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.number(),
  method: z.undefined().optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.int(), message: z.string().max(64 * 1024) }).optional(),
});
const incoming = z.union([incomingRequest, incomingReply, incomingNotification]);

export interface MessageStreamEvents {
  /** The params of a `session/update`, unchecked. */
  onUpdate(params: unknown): void;
  /** The reason why the agent is given up; called at most once. */
  onGivenUp(reason: Error): void;
}

/**
 * ACP messages over the agent's stdio, for the SDK. The SDK reads without bound, checks every update
 * twice and logs untrusted ids, so only what it must see gets there: requests, a few at a time, and
 * replies to what was asked. Updates go to `onUpdate`; everything else is dropped.
 */
export function openMessageStream(stdio: Duplex, events: MessageStreamEvents): Stream {
  const asked = new Set<unknown>();
  const unanswered = new Set<unknown>();
  const messages = readMessages(stdio, events, asked, unanswered);
  return {
    readable: new ReadableStream<AnyMessage>(
      {
        async pull(controller) {
          try {
            const { done, value } = await messages.next();
            if (done) controller.close();
            else controller.enqueue(value);
          } catch (error) {
            events.onGivenUp(error instanceof Error ? error : new Error(String(error)));
            controller.error(error);
          }
        },
      },
      { highWaterMark: 0 },
    ),
    writable: new WritableStream<AnyMessage>({
      write: async (message) => {
        if ('method' in message && 'id' in message) asked.add(message.id);
        await write(stdio, `${JSON.stringify(message)}\n`);
        if (!('method' in message)) unanswered.delete(message.id);
      },
    }),
  };
}

async function* readMessages(
  stdio: Duplex,
  events: MessageStreamEvents,
  asked: Set<unknown>,
  unanswered: Set<unknown>,
): AsyncGenerator<AnyMessage, undefined> {
  const pace = new Pace();
  let badLines = 0;
  for await (const line of readLines(stdio)) {
    await pace.spend(line.length + LINE_COST);
    const message = parseMessage(line);
    if (message === undefined) {
      badLines += 1;
      if (badLines > MAX_BAD_LINES) throw new Error('it writes what is not a protocol message');
    } else if (message.method === undefined) {
      if (asked.delete(message.id)) yield toReply(message);
    } else if (message.id !== undefined) {
      if (unanswered.has(message.id)) throw new Error('it uses a request id twice');
      if (unanswered.size >= MAX_OPEN_REQUESTS) throw new Error('it asks for too much at once');
      unanswered.add(message.id);
      yield { jsonrpc: '2.0', id: message.id, method: message.method, params: message.params };
    } else if (message.method === 'session/update') {
      events.onUpdate(message.params);
    }
  }
  return undefined;
}

function parseMessage(line: string): z.infer<typeof incoming> | undefined {
  try {
    return incoming.safeParse(JSON.parse(line)).data;
  } catch {
    // Counted as a bad line by the caller.
    return undefined;
  }
}

function toReply({ id: to, result, error }: z.infer<typeof incomingReply>): AnyMessage {
  if (error !== undefined)
    return { jsonrpc: '2.0', id: to, error: { code: error.code, message: error.message } };
  return { jsonrpc: '2.0', id: to, result: result ?? null };
}

function write(stdio: Duplex, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdio.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Makes the reader wait when the agent writes faster than is read from an honest one. */
class Pace {
  #left = BYTES_BURST;
  #at = performance.now();

  async spend(bytes: number): Promise<void> {
    const now = performance.now();
    this.#left = Math.min(BYTES_BURST, this.#left + ((now - this.#at) / 1000) * BYTES_PER_SECOND) - bytes;
    this.#at = now;
    if (this.#left < 0) await sleep(50);
  }
}
