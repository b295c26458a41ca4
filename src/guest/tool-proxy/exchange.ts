import { constants, type ServerHttp2Stream } from 'node:http2';
import type * as z from 'zod';
import { limits } from '../../protocol/limits.js';
import { LineTooLongError, readBounded, readLines } from '../../protocol/ndjson.js';

/** A refusal with its HTTP status. */
export class RouteError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RouteError';
    this.status = status;
  }
}

/** One request and its answer. */
export class Exchange {
  readonly stream: ServerHttp2Stream;
  /** Aborted when the host resets the stream. */
  readonly signal: AbortSignal;

  constructor(stream: ServerHttp2Stream) {
    this.stream = stream;
    const controller = new AbortController();
    // A reset ends the writable side as well, so that `writableFinished` says nothing here.
    stream.once('aborted', () => controller.abort());
    stream.once('close', () => {
      if (stream.aborted || stream.rstCode !== constants.NGHTTP2_NO_ERROR) controller.abort();
    });
    // A reset also comes as an error; the signal above is what the work goes by.
    stream.on('error', () => undefined);
    this.signal = controller.signal;
  }

  async readJson<T extends z.ZodType>(schema: T): Promise<z.output<T>> {
    // Kept open when the body is too large: the refusal still has to go out.
    const source: AsyncIterable<Uint8Array> = this.stream.iterator({ destroyOnReturn: false });
    const body = await readBounded(source, limits.jsonBytes).catch((error: unknown) => {
      throw new RouteError(413, messageOf(error));
    });
    return parse(schema, body.toString('utf8'));
  }

  /** The lines of the body as they come. */
  async *readLines<T extends z.ZodType>(schema: T): AsyncGenerator<z.output<T>> {
    const source: AsyncIterable<Uint8Array> = this.stream.iterator({ destroyOnReturn: false });
    try {
      for await (const line of readLines(source)) yield parse(schema, line);
    } catch (error) {
      throw error instanceof LineTooLongError ? new RouteError(413, error.message) : error;
    }
  }

  sendJson(value: unknown, status = 200): void {
    if (this.stream.destroyed) return;
    this.stream.respond({ ':status': status, 'content-type': 'application/json' });
    this.stream.end(JSON.stringify(value));
  }

  /** Writes one line of an NDJSON answer, whose head goes out with the first; resolves when there is room for the next. */
  async sendLine(value: unknown): Promise<void> {
    if (this.stream.destroyed) return;
    this.#respondLines();
    await this.sendBytes(`${JSON.stringify(value)}\n`);
  }

  /** A part of the body, whose head is out; resolves when there is room for the next. */
  async sendBytes(bytes: Uint8Array | string): Promise<void> {
    if (this.stream.destroyed || this.stream.write(bytes)) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        this.stream.off('drain', go).off('close', go);
        resolve();
      };
      this.stream.once('drain', go).once('close', go);
    });
  }

  endLines(): void {
    if (this.stream.destroyed) return;
    this.#respondLines();
    this.stream.end();
  }

  #respondLines(): void {
    if (this.stream.headersSent) return;
    this.stream.respond({ ':status': 200, 'content-type': 'application/x-ndjson' });
  }

  fail(error: unknown): void {
    if (this.stream.destroyed) return;
    if (this.stream.headersSent) {
      // `close(code)` would end the answer in good order first, and a part would look like the whole.
      this.stream.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    const status = error instanceof RouteError ? error.status : 500;
    this.sendJson({ error: messageOf(error).slice(0, 4000) }, status);
  }
}

function parse<T extends z.ZodType>(schema: T, text: string): z.output<T> {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RouteError(400, `malformed request: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RouteError(400, 'the body is not JSON');
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
