import type * as http2 from 'node:http2';
import { AirlockError, errors } from '../../base/errors.js';
import { readLines } from '../../protocol/ndjson.js';
import { routes, type ToolMessage, type ToolReply, toolReply } from '../../protocol/tool-proxy.js';
import type { ToolCall, ToolOutput, ToolResult } from '../../protocol/tools.js';
import { answer, parse } from './proxy-reply.js';

/** Of one call, as JSON; the guest caps its output far below. */
const MAX_CALL_CHARS = 32 * 1024 * 1024;

interface PendingCall {
  readonly onOutput: (output: ToolOutput) => void;
  readonly onResult: (result: ToolResult) => void;
  readonly onFailure: (error: unknown) => void;
  chars: number;
}

/** The tool calls of a session, all on one stream of the road. */
export class ToolCalls {
  readonly #road: http2.ClientHttp2Session;
  readonly #pending = new Map<number, PendingCall>();
  #stream: http2.ClientHttp2Stream | undefined;
  #last = 0;

  constructor(road: http2.ClientHttp2Session) {
    this.#road = road;
  }

  /** Rejects with `guestFailed`, also when `signal` aborts; what the call started is killed then. */
  run(call: ToolCall, onOutput: (output: ToolOutput) => void, signal: AbortSignal): Promise<ToolResult> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) throw cancelled(signal);
      this.#last += 1;
      const id = this.#last;
      const stop = () => {
        this.#send({ kind: 'cancel', id });
        this.#settle(id)?.onFailure(cancelled(signal));
      };
      const done = () => signal.removeEventListener('abort', stop);
      this.#send({ kind: 'call', id, call });
      signal.addEventListener('abort', stop, { once: true });
      this.#pending.set(id, {
        onOutput,
        onResult: (result) => {
          done();
          resolve(result);
        },
        onFailure: (error) => {
          done();
          reject(error);
        },
        chars: 0,
      });
    });
  }

  #send(message: ToolMessage): void {
    this.#stream ??= this.#open();
    this.#stream.write(`${JSON.stringify(message)}\n`);
  }

  #open(): http2.ClientHttp2Stream {
    if (this.#road.destroyed) throw errors.guestFailed('its tool proxy ended');
    const stream = this.#road.request({ ':method': 'POST', ':path': routes.tool });
    this.#read(stream).catch((error: unknown) => this.#fail(stream, error));
    return stream;
  }

  async #read(stream: http2.ClientHttp2Stream): Promise<never> {
    const reply = await answer(stream, this.#road);
    for await (const line of readLines(reply.stream)) this.#take(parse(toolReply, line), line.length);
    throw errors.guestFailed('the tool proxy gave a call no answer');
  }

  #take({ id, event }: ToolReply, chars: number): void {
    if (id > this.#last) throw errors.guestFailed('it answered a call that nobody made');
    const call = this.#pending.get(id);
    // Cancelled meanwhile.
    if (call === undefined) return;
    if (event.type === 'result') {
      this.#settle(id)?.onResult(event);
      return;
    }
    call.chars += chars;
    if (call.chars <= MAX_CALL_CHARS) {
      call.onOutput(event);
      return;
    }
    this.#send({ kind: 'cancel', id });
    this.#settle(id)?.onFailure(errors.guestFailed('a tool call sent too much output'));
  }

  #settle(id: number): PendingCall | undefined {
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    return call;
  }

  /** None of the calls can be answered any more; the next one gets a stream of its own. */
  #fail(stream: http2.ClientHttp2Stream, error: unknown): void {
    this.#stream = undefined;
    stream.destroy();
    const failure = this.#name(error);
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.onFailure(failure);
  }

  #name(error: unknown): AirlockError {
    if (this.#road.destroyed) return errors.guestFailed('its tool proxy ended', error);
    if (error instanceof AirlockError) return error;
    return errors.guestFailed(error instanceof Error ? error.message : String(error), error);
  }
}

function cancelled(signal: AbortSignal): AirlockError {
  return errors.guestFailed('the call was cancelled', signal.reason);
}
