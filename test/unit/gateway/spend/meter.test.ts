import assert from 'node:assert/strict';
import { Meter, type MeterOptions, type Pause } from '../../../../src/gateway/spend/meter.js';
import { noSpend, type Spend } from '../../../../src/gateway/spend/spend.js';
import { type ModelServer, startModelServer } from '../../../model-server/server.js';
import { anthropicBody, callGateway, openGateway, waitFor } from '../support.js';

const body = (text: string) => anthropicBody.replace('héllo', text);

describe('the meter of a gateway', () => {
  let model: ModelServer;
  beforeEach(async () => {
    model = await startModelServer({ script: [[{ text: 'hello' }]] });
  });
  afterEach(() => model.close());

  function open(options: Partial<MeterOptions>) {
    const pauses: Pause[] = [];
    const spends: Spend[] = [];
    const kept: Spend[] = [];
    const { onPause = async () => 'stop' as const, ...rest } = options;
    const meter = new Meter({
      limits: {},
      prices: [{ model: 'claude-test', input: 1e5, output: 1e5 }],
      day: async () => noSpend,
      keep: (spend) => kept.push(spend),
      onSpend: (spend) => spends.push(spend),
      onPause: (pause) => {
        pauses.push(pause);
        return onPause(pause);
      },
      ...rest,
    });
    return { ...openGateway(model.url, { meter }), pauses, spends, kept };
  }

  it('adds up what the service reports', async () => {
    const { gateway, spends, kept } = open({});
    for (const text of ['a', 'b']) await callGateway(gateway, { body: body(text) });
    assert.equal(spends.length, 2);
    assert.equal(spends[1]?.tokens, (kept[0]?.tokens ?? 0) + (kept[1]?.tokens ?? 0));
    assert.ok((spends[1]?.usd ?? 0) > 0 && spends[1]?.unpriced === 0 && !spends[1]?.estimated);
    await gateway.close();
  });

  it('holds the next call at a limit, and sends nothing after a stop', async () => {
    const { gateway, pauses } = open({ limits: { tokensPerSession: 5 } });
    assert.equal((await callGateway(gateway, { body: body('a') })).status, 200);
    const refused = await callGateway(gateway, { body: body('b') });
    assert.equal(refused.status, 403);
    assert.equal(refused.headers['x-should-retry'], 'false');
    assert.match(refused.body.toString(), /has used [\d,]+ of 5 tokens, which is the user's limit/);
    assert.equal(model.requests.length, 1);
    assert.equal(pauses[0]?.kind, 'limit');
    await gateway.close();
  });

  it('goes on when the user says so, and asks once for calls that come meanwhile', async () => {
    let answer: (value: 'continue') => void = () => undefined;
    const { gateway, pauses } = open({
      limits: { usdPerDay: 1 },
      day: async () => ({ ...noSpend, usd: 1.5 }),
      onPause: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const calls = ['a', 'b', 'c'].map((text) => callGateway(gateway, { body: body(text) }));
    await waitFor('the question', () => pauses.length > 0);
    assert.equal(model.requests.length, 0);
    answer('continue');
    for (const { status } of await Promise.all(calls)) assert.equal(status, 200);
    assert.deepEqual(pauses, [{ kind: 'limit', text: 'today, all sessions have used $1.50 of $1.00' }]);
    await gateway.close();
  });

  it('asks once, however far a call went over the limit, and allows as much again from there', async () => {
    const { gateway, pauses } = open({
      limits: { tokensPerSession: 1 },
      onPause: async () => 'continue',
    });
    for (const text of ['a', 'b', 'c']) await callGateway(gateway, { body: body(text) });
    assert.equal(model.requests.length, 3);
    assert.equal(pauses.length, 2);
    await gateway.close();
  });

  it('pauses an agent that goes round in circles', async () => {
    const { gateway, pauses } = open({});
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await callGateway(gateway)).status);
    assert.deepEqual(statuses, [200, 200, 200, 200, 403]);
    assert.equal(pauses[0]?.kind, 'loop');
    await gateway.close();
  });

  it('neither counts nor holds what asks no model', async () => {
    const { gateway, spends, pauses } = open({ limits: { tokensPerSession: 1 } });
    for (let n = 0; n < 10; n += 1) {
      const { status } = await callGateway(gateway, { path: '/v1/messages/count_tokens' });
      assert.equal(status, 200);
    }
    assert.deepEqual([spends, pauses], [[], []]);
    await gateway.close();
  });

  it('takes a client’s retries of a failing service for no circle', async () => {
    await model.close();
    model = await startModelServer({ script: [[{ status: 529, error: 'overloaded' }]] });
    const { gateway, pauses, spends } = open({});
    for (let n = 0; n < 8; n += 1) assert.equal((await callGateway(gateway)).status, 529);
    assert.deepEqual([pauses, spends], [[], []]);
    await gateway.close();
  });
});
