import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import { toHostHeaders, toLocalHeaders } from './headers.js';
import { refuse } from './refuse.js';

/** Sends one local request to the host as a stream of its own and its answer back; either side's end ends both. */
export function forward(
  host: ClientHttp2Session,
  request: IncomingMessage,
  response: ServerResponse,
  maxBodyBytes: number,
): void {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
    refuse(response, 413, `the body is larger than ${maxBodyBytes} bytes`);
    return;
  }
  // Aborting resets the stream at once. `stream.close(code)` would first end it in good order, and what
  // was cut off would look complete to the host.
  const abort = new AbortController();
  const headers = {
    ...toHostHeaders(request.headers),
    ':method': 'POST',
    ':path': request.url ?? '/',
    'airlock-method': request.method ?? 'POST',
  };
  const stream = host.request(headers, { signal: abort.signal });
  sendBody(request, stream, maxBodyBytes);
  sendAnswer(stream, response);
  response.once('close', () => {
    if (!response.writableFinished) abort.abort();
  });
}

/** Piped, not `pipeline`d: a host that answers before it has read everything must not cost the agent the answer. */
function sendBody(request: IncomingMessage, stream: ClientHttp2Stream, maxBytes: number): void {
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) request.destroy();
  });
  // The response's 'close' resets the stream.
  request.on('error', () => undefined);
  request.pipe(stream);
  // Clients wait until their whole request is taken, also when the answer is there. A host that wants no more of it
  // has Node end the stream after `aborted`; a write after that would be an error, and the answer's end never seen.
  for (const over of ['aborted', 'close']) stream.once(over, () => request.unpipe(stream).resume());
}

function sendAnswer(stream: ClientHttp2Stream, response: ServerResponse): void {
  stream.once('response', (headers) => {
    response.writeHead(Number(headers[':status'] ?? 502), toLocalHeaders(headers));
    response.flushHeaders();
    stream.pipe(response);
  });
  // The 'close' that follows says all there is to say.
  stream.on('error', () => undefined);
  stream.once('close', () => {
    if (response.writableEnded) return;
    if (response.headersSent) response.destroy();
    else refuse(response, 502, 'the host gave no answer');
  });
}
