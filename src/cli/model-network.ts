import { readNoProxy, readProxyUrl } from '../base/environment-proxy.js';
import type { UpstreamNetwork } from '../session/api.js';

/** How the model service is reached: by the environment's proxy, if there is one. */
export function readModelNetwork(env: NodeJS.ProcessEnv): UpstreamNetwork {
  const url = readProxyUrl(env);
  const proxy = url === undefined ? {} : { proxy: { url, except: readNoProxy(env) } };
  return { systemCertificates: true, ...proxy };
}
