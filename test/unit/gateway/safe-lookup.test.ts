import assert from 'node:assert/strict';
import type { LookupAddress, LookupOptions, lookup } from 'node:dns';
import { isPublicAddress, publicLookup } from '../../../src/gateway/safe-lookup.js';
import { callGateway, openGateway, startRawUpstream } from './support.js';

const inside = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '2002:7f00:1::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'ff02::1',
];
const outside = [
  '1.1.1.1',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '192.169.0.1',
  '2606:4700::1111',
  '::ffff:8.8.8.8',
];

type Done = (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void;

/** A resolver that knows one name, in the form that `dns.lookup` has with `all`. */
function resolver(addresses: readonly string[]) {
  return ((_host: string, _options: LookupOptions, done: Done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as typeof lookup;
}

describe('lookup of the model service', () => {
  for (const address of inside)
    it(`${address} is not of the internet`, () => assert.equal(isPublicAddress(address), false));
  for (const address of outside) it(`${address} is`, () => assert.equal(isPublicAddress(address), true));

  it('gives only addresses that were all looked at', () => {
    const told: unknown[] = [];
    const look = (addresses: readonly string[], all: boolean) =>
      publicLookup(resolver(addresses))('model.test', { all }, (error, ...rest) =>
        told.push(error === null ? rest : error.code),
      );
    look(['1.1.1.1', '10.0.0.1'], true);
    look(['10.0.0.1'], false);
    look([], true);
    look(['1.1.1.1', '8.8.8.8'], true);
    look(['1.1.1.1', '8.8.8.8'], false);
    assert.deepEqual(told, [
      'ENOTPUBLIC',
      'ENOTPUBLIC',
      'ENOTPUBLIC',
      [
        [
          { address: '1.1.1.1', family: 4 },
          { address: '8.8.8.8', family: 4 },
        ],
      ],
      ['1.1.1.1', 4],
    ]);
  });

  it('keeps a name that leads to this machine from being reached, unless the user allows it', async () => {
    const upstream = await startRawUpstream((socket) => socket.end());
    const address = `https://model.example:${new URL(upstream.url).port}`;
    const resolve = resolver(['127.0.0.1']);
    const strict = openGateway(address, { resolve });
    assert.equal((await callGateway(strict.gateway)).status, 502);
    assert.match(strict.records[0]?.error ?? '', /not on the internet/);
    assert.equal(upstream.connections.length, 0);
    await strict.gateway.close();
    const open = openGateway(address, { resolve, allowPrivateUpstream: true });
    assert.equal((await callGateway(open.gateway)).status, 502);
    assert.equal(upstream.connections.length, 1);
    await open.gateway.close();
    await upstream.close();
  });
});
