import { Readable } from 'node:stream';

/**
 * The chunks of a stream in order, with back-pressure; throws when it errors or closes before its end.
 * For HTTP/2 streams: Node 24's own iterator ends with "Premature close" on a client stream that ended well.
 */
export async function* readChunks(source: Readable | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (!(source instanceof Readable)) {
    yield* source;
    return;
  }
  let wake: () => void = () => undefined;
  let state: 'open' | 'ended' | 'closed' = source.readableEnded
    ? 'ended'
    : source.destroyed
      ? 'closed'
      : 'open';
  let failure: unknown = source.errored ?? undefined;
  const settle = (next: 'ended' | 'closed') => {
    if (state === 'open') state = next;
    wake();
  };
  const listeners = {
    readable: () => wake(),
    end: () => settle('ended'),
    close: () => settle('closed'),
    error: (error: Error) => {
      failure ??= error;
      settle('closed');
    },
  };
  for (const [event, listener] of Object.entries(listeners)) source.on(event, listener);
  try {
    for (;;) {
      const chunk: unknown = source.read();
      if (chunk instanceof Uint8Array) {
        yield chunk;
        continue;
      }
      if (state === 'ended') return;
      if (state === 'closed') throw failure ?? new Error('the stream closed before its end');
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    for (const [event, listener] of Object.entries(listeners)) source.off(event, listener);
    // A consumer that gave up wants no more of it.
    if (state === 'open') source.destroy();
  }
}
