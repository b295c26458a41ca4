import { lookup as dnsLookup } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

// IANA's special-purpose registries (RFC 6890 and its updates): nothing a model service on the internet has.
const notPublic = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  notPublic.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  // These carry an IPv4 address, which would have to be looked at in turn.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['100::', 64],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  notPublic.addSubnet(network, prefix, 'ipv6');

/** False for private, link-local, loopback, metadata and other addresses that are not of the internet. */
export function isPublicAddress(address: string): boolean {
  return !notPublic.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * A `lookup` for node's sockets that fails unless every address of the name is public. The socket connects to what it
 * returns, so what was checked is what is used. A host that is written as an address is not looked up at all.
 */
export function publicLookup(resolve: typeof dnsLookup = dnsLookup): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      const refused = found.find(({ address }) => !isPublicAddress(address));
      const [first] = found;
      if (refused !== undefined || first === undefined) {
        const reason = `the model service's name leads to ${refused?.address ?? 'no address'}, which is not on the internet`;
        return done(Object.assign(new Error(reason), { code: 'ENOTPUBLIC' }), []);
      }
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}
