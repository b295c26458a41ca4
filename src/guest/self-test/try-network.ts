import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { selfTestAttempts } from '../../protocol/self-test.js';

/**
 * Without a route the kernel refuses at once; whatever takes longer had somewhere to go. So long because the refusal
 * may have to wait for a busy machine, and nothing but a sandbox with a network has to wait for the end of it.
 */
const PATIENCE_MS = 2000;
/** The port for what is thrown away. */
const DISCARD_PORT = 9;

/**
 * Tries to leave by each family, to addresses that are kept for documentation. Connecting a UDP socket only asks for a
 * route, and the routes are the same for TCP; where there is one, no TCP packet is sent after it. TCP over IPv6 is left
 * out: Node compiles a large expression for the first address of that family, 6 ms of a start.
 */
export async function tryNetwork(): Promise<Record<string, string>> {
  const { tcp4, udp4, udp6 } = selfTestAttempts.network;
  const [first, second] = await Promise.all([tryUdp('udp4', udp4), tryUdp('udp6', udp6)]);
  return { udp4: first, udp6: second, tcp4: first === 'ok' ? 'has a route' : await tryTcp(tcp4) };
}

function tryTcp(host: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: DISCARD_PORT });
    const settle = (outcome: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(settle, PATIENCE_MS, 'timeout');
    socket.once('connect', () => settle('ok'));
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? 'unknown'));
  });
}

function tryUdp(type: 'udp4' | 'udp6', host: string): Promise<string> {
  return new Promise((resolve) => {
    // The address is one already.
    const socket = createSocket({
      type,
      lookup: (name, _, done) => done(null, name, type === 'udp4' ? 4 : 6),
    });
    const settle = (outcome: string) => {
      clearTimeout(timer);
      socket.removeAllListeners('error').on('error', () => undefined);
      socket.unref();
      resolve(outcome);
    };
    const timer = setTimeout(settle, PATIENCE_MS, 'timeout');
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? 'unknown'));
    socket.connect(DISCARD_PORT, host, (error?: NodeJS.ErrnoException) => {
      settle(error === undefined ? 'ok' : (error.code ?? 'unknown'));
    });
  });
}
