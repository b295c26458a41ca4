/** RFC 9110 section 7.6.1, and what HTTP/2 forbids (RFC 9113 section 8.2.2). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
]);

/** The agent only ever has the bridge's own token; it ends here. */
const CREDENTIALS = new Set([
  'authorization',
  'proxy-authorization',
  'x-api-key',
  'x-goog-api-key',
  'api-key',
  'cookie',
]);

export type Headers = Record<string, string | string[]>;

/** Headers of a local request as they go on to the host. */
export function toHostHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  return select(headers, (name) => !CREDENTIALS.has(name) && !name.startsWith('airlock-'));
}

/** Headers of the host's answer as the agent gets them. */
export function toLocalHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  return select(headers, () => true);
}

function select(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  wanted: (name: string) => boolean,
): Headers {
  const kept: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !name.startsWith(':') && !HOP_BY_HOP.has(name) && wanted(name))
      kept[name] = value;
  }
  return kept;
}
