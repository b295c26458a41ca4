import { readNoProxy, readProxyUrl } from '../base/environment-proxy.js';
import type { UpstreamNetwork } from '../session/api.js';

/** From `http.*` as `get` gives it; without a proxy there, the environment's, as VS Code itself does. */
export function toModelNetwork(
  get: (key: string) => unknown,
  env: Readonly<Record<string, string | undefined>>,
): UpstreamNetwork {
  const network = { systemCertificates: get('systemCertificates') !== false };
  if (get('proxySupport') === 'off') return network;
  const set = text(get('proxy'));
  const url = set ?? readProxyUrl(env);
  if (url === undefined) return network;
  const listed = get('noProxy');
  const except = Array.isArray(listed) ? listed.filter((entry) => typeof entry === 'string') : [];
  const authorization = set === undefined ? undefined : text(get('proxyAuthorization'));
  return {
    ...network,
    proxy: {
      url,
      except: except.length > 0 ? except : readNoProxy(env),
      ...(authorization === undefined ? {} : { authorization }),
    },
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
