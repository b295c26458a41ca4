import type * as http2 from 'node:http2';
import type * as z from 'zod';
import { errors } from '../../base/errors.js';
import { readBounded } from '../../protocol/ndjson.js';
import { routeError } from '../../protocol/tool-proxy.js';

export interface Reply {
  readonly stream: http2.ClientHttp2Stream;
  readonly headers: http2.IncomingHttpHeaders;
}

/** The head of an answer has come, and it is none of a failure. Throws `guestFailed`. */
export async function answer(
  stream: http2.ClientHttp2Stream,
  session: http2.ClientHttp2Session,
): Promise<Reply> {
  // Node discards a client stream's body that nobody reads yet when the stream closes; a paused one it keeps.
  stream.pause();
  const headers = await headersOf(stream, session);
  const status = Number(headers[':status'] ?? 0);
  if (status === 200) return { stream, headers };
  const body = (await readBounded(stream, 64 * 1024)).toString();
  throw errors.guestFailed(`the tool proxy answered ${status}: ${parse(routeError, body).error}`);
}

function headersOf(
  stream: http2.ClientHttp2Stream,
  session: http2.ClientHttp2Session,
): Promise<http2.IncomingHttpHeaders> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => reject(errors.guestFailed(error.message, error));
    const onClose = () => {
      const what = session.destroyed ? 'its tool proxy ended' : 'the tool proxy gave a call no answer';
      reject(errors.guestFailed(what));
    };
    stream.once('error', onError).once('close', onClose);
    stream.once('response', (headers) => {
      // Every stream closes in the end, and making an error for nobody takes time.
      stream.off('close', onClose);
      resolve(headers);
    });
  });
}

/** Throws `guestFailed`. */
export function parse<T>(schema: z.ZodType<T>, line: string): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (error) {
    throw errors.guestFailed('an answer has not the agreed form', error);
  }
}
