import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasDuplicateKeys } from '../../../src/gateway/duplicate-keys.js';
import { callGateway, openGateway, startRawUpstream } from './support.js';

const twice = [
  '{"a":1,"a":2}',
  '{"a":{"b":1,"b":1}}',
  '[{"a":1},{"a":1,"\\u0061":2}]',
  '{"tools":[],"x":":\\"","tools":[1]}',
  '{"__proto__":1,"__proto__":2}',
];

describe('duplicate keys', () => {
  for (const text of twice)
    it(`finds them in ${text}`, () => assert.equal(hasDuplicateKeys(text, JSON.parse(text)), true));

  it('finds none in anything that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, space) => {
        const text = JSON.stringify(value, null, space);
        assert.equal(hasDuplicateKeys(text, JSON.parse(text)), false);
      }),
    );
  });

  it('reads a long text in passing', () => {
    const text = JSON.stringify({ a: `${'\\":'.repeat(1_000_000)}`, b: ':'.repeat(1_000_000) });
    assert.equal(hasDuplicateKeys(text, JSON.parse(text)), false);
  });

  it('refuses a body with them, and nothing is sent', async () => {
    const upstream = await startRawUpstream(() => undefined);
    const { gateway } = openGateway(upstream.url);
    const result = await callGateway(gateway, { body: '{"model":"m","tools":[],"tools":[{"name":"x"}]}' });
    assert.equal(result.status, 400);
    assert.match(result.body.toString(), /names a key of an object twice/);
    assert.equal(upstream.connections.length, 0);
    await gateway.close();
    await upstream.close();
  });
});
