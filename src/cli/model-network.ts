import type { UpstreamNetwork } from '../session/api.js';

/** The user's proxy as programs of the command line find it: HTTPS_PROXY, NO_PROXY, in either case. */
export function readModelNetwork(env: NodeJS.ProcessEnv): UpstreamNetwork {
  const url = env.HTTPS_PROXY || env.https_proxy;
  if (!url) return { systemCertificates: true };
  const except = (env.NO_PROXY || env.no_proxy || '').split(/[\s,]+/).filter((entry) => entry !== '');
  return { systemCertificates: true, proxy: { url, except } };
}
