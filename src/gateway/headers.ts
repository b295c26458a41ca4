import type { IncomingHttpHeaders } from 'node:http';
import type { Provider } from './provider.js';

const VALUE = /^[\x20-\x7e]{1,1024}$/;

/** The headers that go upstream, made from nothing: allowlisted ones of the caller's, ours, and the key. */
export function buildRequestHeaders(
  provider: Provider,
  caller: Readonly<Record<string, string | string[] | undefined>>,
  bodyBytes: number,
  key: string,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of provider.requestHeaders) {
    const value = caller[name];
    if (typeof value === 'string' && VALUE.test(value)) headers[name] = value;
  }
  const { name, value } = provider.keyHeader(key);
  return {
    ...headers,
    'content-type': 'application/json',
    'content-length': String(bodyBytes),
    'accept-encoding': 'identity',
    'user-agent': 'airlock',
    [name]: value,
  };
}

/** The response headers the container may see. */
export function pickResponseHeaders(
  provider: Provider,
  upstream: IncomingHttpHeaders,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(upstream)) {
    if (typeof value !== 'string' || !VALUE.test(value)) continue;
    if (provider.responseHeaders.some((pattern) => matches(pattern, name))) headers[name] = value;
  }
  return headers;
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
