import { selfTestAttempts } from '../../protocol/self-test.js';
import { failed, type Guarantee, proven } from './guarantee.js';

// What the kernel says where there is no route, or no such family at all; gVisor's says EHOSTUNREACH.
const UNREACHABLE = ['ENETUNREACH', 'EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EHOSTUNREACH'];

/** No family and no transport leads out of the container. */
export const network: Guarantee = {
  id: 'network',
  title: 'No network',
  check({ attempts, interfaces, files }) {
    const others = interfaces.filter((name) => name !== 'lo');
    if (others.length > 0) return failed(`there is a network interface: ${others.join(', ')}`);
    const routes = (files['/proc/net/route'] ?? '').trim().split('\n').slice(1);
    if (routes.length > 0) return failed('there is a route');
    for (const name of Object.keys(selfTestAttempts.network)) {
      const outcome = attempts[name] ?? 'not tried';
      if (!UNREACHABLE.includes(outcome)) return failed(`${name} to another machine: ${outcome}`);
    }
    return proven('only loopback, no route, and the kernel refuses TCP over IPv4 and UDP over IPv4 and IPv6');
  },
};
