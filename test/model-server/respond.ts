import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Step } from './answer.js';
import type { ModelError, WireProtocol } from './protocol.js';

/** Carries out the steps; gives up quietly when the client goes away. */
export async function runSteps(
  response: ServerResponse,
  steps: readonly Step[],
  protocol: WireProtocol,
  stream: boolean,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  let left = Number.POSITIVE_INFINITY;
  const head = () => {
    if (response.headersSent) return;
    response.writeHead(200, {
      'content-type': stream ? 'text/event-stream; charset=utf-8' : 'application/json',
      ...ids(protocol),
    });
  };
  for (const step of steps) {
    if (gone.signal.aborted) return;
    switch (step.kind) {
      case 'delay':
        // Headers go out first, as a real service's do while the model thinks.
        if (stream) {
          head();
          response.flushHeaders();
        }
        await sleep(step.ms, undefined, { signal: gone.signal }).catch(ignoreAbort);
        break;
      case 'hang':
        return;
      case 'cut':
        left = step.afterBytes;
        break;
      case 'error':
        if (!response.headersSent) sendError(response, protocol, step.error);
        else response.end(protocol.errorFrame(step.error));
        return;
      case 'send': {
        head();
        const bytes = Buffer.from(step.data);
        const kept = bytes.subarray(0, left);
        await writeInTwo(response, kept);
        left -= kept.length;
        if (kept.length < bytes.length || left === 0) {
          // What was written leaves first: an empty write's callback comes after it.
          await new Promise((resolve) => response.write('', resolve));
          response.destroy();
          return;
        }
      }
    }
  }
  response.end();
}

export function sendError(response: ServerResponse, protocol: WireProtocol, error: ModelError): void {
  const headers: Record<string, string> = { 'content-type': 'application/json', ...ids(protocol) };
  if (error.retryAfter !== undefined) headers['retry-after'] = String(error.retryAfter);
  response.writeHead(error.status, headers).end(JSON.stringify(protocol.errorBody(error)));
}

function ids(protocol: WireProtocol): Record<string, string> {
  return { [protocol.idHeader]: 'req_scripted' };
}

/** Frames rarely arrive whole on a real network: each is cut somewhere, also inside a character. */
async function writeInTwo(response: ServerResponse, bytes: Buffer): Promise<void> {
  const middle = Math.floor(bytes.length / 2);
  response.write(bytes.subarray(0, middle));
  await new Promise((resolve) => setImmediate(resolve));
  const ready = response.write(bytes.subarray(middle));
  if (ready || response.destroyed) return;
  await new Promise<void>((resolve) => {
    response.once('drain', resolve);
    response.once('close', resolve);
  });
}

/** The sleep ends early when the client goes; the loop sees it itself. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
