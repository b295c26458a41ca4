import { errors } from '../base/errors.js';

/** Where model calls go. */
export interface BaseUrl {
  readonly protocol: 'https:' | 'http:';
  /** Without the brackets of an IPv6 literal. */
  readonly hostname: string;
  readonly port: number;
  /** '' or `/prefix`, without a trailing slash; goes before a route's path. */
  readonly prefix: string;
  readonly loopback: boolean;
}

const PREFIX = /^(\/[A-Za-z0-9._~-]+)*$/;

/**
 * Parses the user's model address: https, or http on this machine only. A trailing `/v1` is dropped,
 * since routes carry it and most services document their address with it. Throws `upstream-refused`.
 */
export function parseBaseUrl(text: string): BaseUrl {
  const trimmed = text.trim();
  if (/[^\x21-\x7e]|\\/.test(trimmed))
    throw errors.upstreamRefused('it has characters that do not belong in an address');
  if (!URL.canParse(trimmed)) throw errors.upstreamRefused('it is not a URL');
  const url = new URL(trimmed);
  const { protocol } = url;
  if (protocol !== 'https:' && protocol !== 'http:') throw errors.upstreamRefused('only https is allowed');
  if (url.username !== '' || url.password !== '')
    throw errors.upstreamRefused('it carries a user name or password');
  if (/[?#]/.test(trimmed)) throw errors.upstreamRefused('it carries a query or a fragment');
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const loopback = isLoopback(hostname);
  if (protocol === 'http:' && !loopback)
    throw errors.upstreamRefused('http would send your key in the clear');
  const written = trimmed.replace(/^[a-z]+:\/\/[^/]*/i, '') || '/';
  const prefix = url.pathname.replace(/\/$/, '').replace(/\/v1$/, '');
  if (written !== url.pathname || !PREFIX.test(prefix))
    throw errors.upstreamRefused('its path is not canonical');
  const port = url.port === '' ? (protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { protocol, hostname, port, prefix, loopback };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
