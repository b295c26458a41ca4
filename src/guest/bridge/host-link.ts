import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import type { Duplex } from 'node:stream';
import { limits } from '../../protocol/limits.js';
import { readBounded } from '../../protocol/ndjson.js';
import { protocolVersion, roadMemoryMb, roadSettings, roadWindowBytes } from '../../protocol/road.js';

/** The bridge's end of the road: the host is the HTTP/2 server on our stdio. */
export function connectHost(road: Duplex): ClientHttp2Session {
  const session = connect('http://host', {
    createConnection: () => road,
    settings: roadSettings,
    maxSessionMemory: roadMemoryMb,
  });
  session.once('connect', () => {
    if (!session.destroyed) session.setLocalWindowSize(roadWindowBytes);
  });
  return session;
}

export function openStream(host: ClientHttp2Session, path: string): ClientHttp2Stream {
  return host.request({ ':method': 'POST', ':path': path }, { endStream: false });
}

/** The agent's stdin and stdout; opened once. */
export function openAgentStdio(host: ClientHttp2Session): ClientHttp2Stream {
  const headers = { ':method': 'POST', ':path': '/agent/stdio', 'airlock-version': protocolVersion };
  return host.request(headers, { endStream: false });
}

/** Posts JSON and returns the parsed answer; rejects on a status other than 200. */
export async function postJson(host: ClientHttp2Session, path: string, body: unknown): Promise<unknown> {
  const stream = openStream(host, path);
  // Node discards a client stream's body that nobody reads yet when the stream closes; a paused one it keeps.
  stream.pause();
  const answered = new Promise<number>((resolve, reject) => {
    stream.once('response', (headers) => resolve(Number(headers[':status'])));
    stream.once('error', reject);
    stream.once('close', () => reject(new Error(`${path}: the host closed the stream`)));
  });
  stream.end(JSON.stringify(body));
  const status = await answered;
  const text = (await readBounded(stream, limits.jsonBytes)).toString('utf8');
  if (status !== 200) throw new Error(`${path}: the host answered ${status}`);
  return JSON.parse(text);
}
