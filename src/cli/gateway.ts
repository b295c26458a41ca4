import { once } from 'node:events';
import type { Logger } from '../base/logger.js';
import { createGateway, defaultGatewayLimits } from '../gateway/gateway.js';
import { listenGateway } from '../gateway/listen.js';
import { parseGatewayOptions } from './gateway-options.js';
import { readModelNetwork } from './model-network.js';
import { readSecretFile } from './secret-file.js';

/** `airlock gateway`: the model gateway alone, until it is interrupted. Returns the exit status. */
export async function gateway(
  argv: readonly string[],
  logger: Logger,
  write: (line: string) => void,
  interrupted: AbortSignal,
): Promise<number> {
  const options = parseGatewayOptions(argv);
  const [token, key] = await Promise.all([
    readSecretFile('--token-file', options.tokenFile),
    readSecretFile('--key-file', options.keyFile),
  ]);
  const model = createGateway({
    provider: options.provider,
    baseUrl: options.upstream,
    key: async () => key,
    // It has no session whose calls could be counted.
    limits: {
      ...defaultGatewayLimits,
      totalRequests: Number.POSITIVE_INFINITY,
      requestsPerMinute: options.requestsPerMinute ?? defaultGatewayLimits.requestsPerMinute,
      concurrent: options.concurrent ?? defaultGatewayLimits.concurrent,
    },
    allowPrivateUpstream: options.allowPrivate,
    network: readModelNetwork(process.env),
    allowServerTools: options.allowServerTools,
    onCall: (record) => {
      if (options.json) write(JSON.stringify({ type: 'model-call', ...record }));
    },
    logger,
  });
  const server = await listenGateway({ ...options, gateway: model, token, logger });
  const address = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${server.port}`;
  write(options.json ? JSON.stringify({ type: 'listening', address }) : `Listening on ${address}`);
  if (!interrupted.aborted) await once(interrupted, 'abort');
  await model.close();
  await server.close();
  return 0;
}
