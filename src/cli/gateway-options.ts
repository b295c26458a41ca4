import { parseArgs } from 'node:util';
import { errors } from '../base/errors.js';
import type { ProviderId } from '../gateway/provider.js';
import { type ServerToolKind, serverToolKinds } from '../gateway/server-tools/server-tool.js';
import { oneOf, readArguments, required } from './arguments.js';

export interface GatewayCliOptions {
  readonly provider: ProviderId;
  readonly upstream: string;
  readonly host: string;
  readonly port: number;
  readonly tokenFile: string;
  readonly keyFile: string;
  readonly allowPrivate: boolean;
  readonly allowServerTools: readonly ServerToolKind[];
  readonly requestsPerMinute: number | undefined;
  readonly concurrent: number | undefined;
  readonly json: boolean;
}

export const gatewayUsage = `airlock gateway --provider P --upstream URL --listen ADDRESS:PORT --token-file FILE --key-file FILE

  --provider anthropic|openai|gemini   wire protocol of the model service
  --upstream URL                       its base URL
  --listen ADDRESS:PORT                where to listen, a loopback address; port 0 for any free one
  --token-file FILE                    what clients must send as their key
  --key-file FILE                      the real key; it goes to the service alone
  --allow-private-upstream             the service's name may lead to a private address
  --allow-server-tool KIND             web-search, web-fetch, url-content, remote-mcp, code-execution,
                                       file-search or other; may be given more than once
  --requests-per-minute N              at most (default 120)
  --concurrent N                       calls at the same time, at most (default 8)
  --json                               one JSON line a call`;

const providers: readonly ProviderId[] = ['anthropic', 'openai', 'gemini'];

/** Reads the arguments of `airlock gateway`. Throws a `usage` error. */
export function parseGatewayOptions(argv: readonly string[]): GatewayCliOptions {
  const values = parse(argv);
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(required('listen', values.listen)) ?? [];
  if (host === undefined || Number(port) > 65_535)
    throw errors.usage('--listen must be an address and a port, such as 127.0.0.1:8080.');
  return {
    provider: oneOf('provider', required('provider', values.provider), providers),
    upstream: required('upstream', values.upstream),
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port),
    tokenFile: required('token-file', values['token-file']),
    keyFile: required('key-file', values['key-file']),
    allowPrivate: values['allow-private-upstream'] ?? false,
    allowServerTools: (values['allow-server-tool'] ?? []).map((kind) =>
      oneOf('allow-server-tool', kind, serverToolKinds),
    ),
    requestsPerMinute: count('requests-per-minute', values['requests-per-minute']),
    concurrent: count('concurrent', values.concurrent),
    json: values.json ?? false,
  };
}

function parse(argv: readonly string[]) {
  return readArguments(() =>
    parseArgs({
      args: [...argv],
      options: {
        provider: { type: 'string' },
        upstream: { type: 'string' },
        listen: { type: 'string' },
        'token-file': { type: 'string' },
        'key-file': { type: 'string' },
        'allow-private-upstream': { type: 'boolean' },
        'allow-server-tool': { type: 'string', multiple: true },
        'requests-per-minute': { type: 'string' },
        concurrent: { type: 'string' },
        json: { type: 'boolean' },
      },
    }),
  ).values;
}

function count(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw errors.usage(`--${name} must be a whole number from 1 to 999999.`);
  return Number(text);
}
