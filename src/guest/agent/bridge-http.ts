import { Agent, type IncomingMessage, request } from 'node:http';

export interface BridgeAddress {
  /** Where it listens on 127.0.0.1; asked for at the first call. */
  readonly port: () => Promise<number>;
  readonly token: string;
}

// No connection is kept: a kept one may die between two calls, and a new one costs next to nothing here.
const connections = new Agent({ keepAlive: false });

/**
 * POSTs JSON to the bridge and resolves with the answer's head; the body is still to be read.
 * Aborting `signal` destroys the connection, which is how the bridge learns of a cancel.
 */
export async function postJson(
  bridge: BridgeAddress,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  idleMs = 0,
): Promise<IncomingMessage> {
  const port = await bridge.port();
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      agent: connections,
      signal,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
    });
    if (idleMs > 0) {
      outgoing.setTimeout(idleMs, () => outgoing.destroy(new Error(`no byte came for ${idleMs / 1000} s`)));
    }
    outgoing.once('response', resolve);
    // Stays for good: after the head, an error also reaches whoever reads the body.
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
