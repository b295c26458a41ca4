import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Attempt, codeOf, type Finding } from './attempt.js';

const CONNECT_MS = 3_000;
/** RFC 5737 and RFC 3849: addresses that belong to nobody. */
const NOBODY_4 = '192.0.2.1';
const NOBODY_6 = '2001:db8::1';
const METADATA = '169.254.169.254';

export const networkAttempts: readonly Attempt[] = [
  { name: 'network.ipv4', run: () => tryConnect(NOBODY_4, 80) },
  { name: 'network.ipv6', run: () => tryConnect(NOBODY_6, 80) },
  { name: 'network.metadata', run: () => tryConnect(METADATA, 80) },
  { name: 'network.host-gateway', run: () => tryConnect('172.17.0.1', 22) },
  { name: 'network.udp', run: () => trySend(NOBODY_4, 53) },
  { name: 'network.dns', run: tryLookup },
  { name: 'network.interfaces', run: onlyLoopback },
  { name: 'network.routes', run: noRoutes },
];

/** Only an immediate refusal by our own kernel proves that no packet left; silence proves nothing. */
function tryConnect(host: string, port: number): Promise<Finding> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (blocked: boolean, detail: string) => {
      socket.destroy();
      resolve({ blocked, detail });
    };
    socket.setTimeout(CONNECT_MS, () => finish(false, 'no immediate error: a packet may have left'));
    socket.once('connect', () => finish(false, 'connected'));
    socket.once('error', (error) => finish(isUnreachable(codeOf(error)), codeOf(error)));
  });
}

function trySend(host: string, port: number): Promise<Finding> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.send('probe', port, host, (error) => {
      socket.close();
      if (error === null) resolve({ blocked: false, detail: 'sent' });
      else resolve({ blocked: isUnreachable(codeOf(error)), detail: codeOf(error) });
    });
  });
}

function isUnreachable(code: string): boolean {
  return ['ENETUNREACH', 'EHOSTUNREACH', 'EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EPERM', 'EACCES'].includes(code);
}

async function tryLookup(): Promise<Finding> {
  try {
    const { address } = await lookup('example.com');
    return { blocked: false, detail: `resolved to ${address}` };
  } catch (error) {
    return { blocked: true, detail: codeOf(error) };
  }
}

function onlyLoopback(): Finding {
  const names = Object.keys(networkInterfaces());
  return { blocked: names.every((name) => name === 'lo'), detail: names.join(' ') || 'none' };
}

function noRoutes(): Finding {
  const routes = readFileSync('/proc/net/route', 'utf8').trim().split('\n').slice(1);
  return { blocked: routes.length === 0, detail: `${routes.length} routes` };
}
