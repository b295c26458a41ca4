import type { lookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import * as tls from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { errors } from '../base/errors.js';
import type { BaseUrl } from './base-url.js';
import { publicLookup } from './safe-lookup.js';

/** How the model service is reached: the user's own settings, never a workspace's. */
export interface UpstreamNetwork {
  readonly proxy?: ProxySettings | undefined;
  /** Whether certificates that the system trusts are trusted beside Node's own. */
  readonly systemCertificates?: boolean;
  /** More authorities to trust, PEM. */
  readonly certificates?: readonly string[];
}

export interface ProxySettings {
  /** http or https; credentials in it are sent to the proxy alone. */
  readonly url: string;
  /** `Proxy-Authorization` as a whole. */
  readonly authorization?: string;
  /** Hosts that are reached directly: `name`, `.domain`, `*.domain`, each maybe with a port, or `*`. */
  readonly except: readonly string[];
}

export interface AgentOptions {
  readonly network: UpstreamNetwork;
  readonly allowPrivateUpstream: boolean;
  /** Where names are looked up; the system's own resolver when left out. */
  readonly resolve: typeof lookup | undefined;
}

const POOL = { keepAlive: true, maxFreeSockets: 4 };

/**
 * What connects to the base URL. Directly, a name is looked up and its address checked here, and the checked address
 * is the one that is used; through a proxy the proxy looks it up. This machine is never reached through a proxy.
 * Throws `upstream-refused` for a proxy that cannot be used.
 */
export function createUpstreamAgent(base: BaseUrl, options: AgentOptions): HttpAgent {
  const { network, allowPrivateUpstream, resolve } = options;
  const proxy = base.protocol === 'https:' && !base.loopback ? network.proxy : undefined;
  if (proxy !== undefined && !isExcepted(base, proxy.except)) return createProxyAgent(proxy);
  const checked = base.loopback || allowPrivateUpstream ? resolve : publicLookup(resolve);
  const pool = { ...POOL, ...(checked === undefined ? {} : { lookup: checked }) };
  return base.protocol === 'https:' ? new HttpsAgent(pool) : new HttpAgent(pool);
}

/** What a connection to the service itself must hold to, also inside a proxy's tunnel. To be made once. */
export function tlsOptions({
  systemCertificates,
  certificates = [],
}: UpstreamNetwork): tls.ConnectionOptions {
  // Said out loud, because an environment variable could otherwise turn certificate checks off.
  const always = { rejectUnauthorized: true };
  if (systemCertificates !== true && certificates.length === 0) return always;
  const system = systemCertificates === true ? readSystemCertificates() : [];
  const ca = [...readDefaultCertificates(), ...system, ...certificates];
  // Some hundred certificates are parsed here, and not again for every connection.
  return { ...always, secureContext: tls.createSecureContext({ ca }) };
}

let systemStore: readonly string[] | undefined;

/** Once a process: it is read from many files. None where Node is too old to do it (before 22.15). */
function readSystemCertificates(): readonly string[] {
  systemStore ??= tls.getCACertificates?.('system') ?? [];
  return systemStore;
}

function readDefaultCertificates(): readonly string[] {
  return tls.getCACertificates?.('default') ?? tls.rootCertificates;
}

function createProxyAgent({ url, authorization }: ProxySettings): HttpAgent {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.hostname === '')
    throw errors.proxyUnusable();
  return new HttpsProxyAgent(parsed, {
    ...POOL,
    ...(authorization === undefined ? {} : { headers: { 'Proxy-Authorization': authorization } }),
  });
}

function isExcepted({ hostname, port }: BaseUrl, except: readonly string[]): boolean {
  const host = hostname.toLowerCase();
  return except.some((entry) => {
    const [, pattern = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(entry.trim().toLowerCase()) ?? [];
    if (wanted !== undefined && Number(wanted) !== Number(port)) return false;
    if (pattern === '*') return true;
    const suffix = pattern.replace(/^\*?\./, '.');
    return suffix.startsWith('.') ? host.endsWith(suffix) : pattern !== '' && host === pattern;
  });
}
