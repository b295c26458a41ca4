import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LoopDetector } from '../../../../src/gateway/spend/loop-detector.js';
import { costOf, defaultPrices, priceList } from '../../../../src/gateway/spend/prices.js';
import {
  addSpend,
  describeReached,
  findReached,
  noSpend,
  type Spend,
  toSpend,
} from '../../../../src/gateway/spend/spend.js';

const spent = (changes: Partial<Spend>): Spend => ({ ...noSpend, ...changes });

describe('prices', () => {
  it('are well formed', () => assert.ok(priceList.safeParse([...defaultPrices]).success));

  it('go by the longest beginning that fits', () => {
    const tokens = { input: 1e6, output: 1e6 };
    assert.equal(costOf('gpt-5-mini-2025', tokens, []), 2.25);
    assert.equal(costOf('gpt-5.1', tokens, []), 11.25);
    assert.equal(costOf('claude-opus-4-5-20251101', tokens, []), 30);
  });

  it('of the user go first', () => {
    const own = [{ model: 'gpt-5', input: 0, output: 1 }];
    assert.equal(costOf('gpt-5-mini', { input: 1e6, output: 1e6 }, own), 1);
  });

  it('that are not known make no sum', () => {
    assert.equal(costOf('some-model', { input: 1, output: 1 }, []), undefined);
    const spend = toSpend(
      { model: 'some-model', inputTokens: 5, outputTokens: 5, bytesIn: 0, bytesOut: 0 },
      [],
    );
    assert.deepEqual(spend, { tokens: 10, usd: 0, unpriced: 10, estimated: false });
  });
});

describe('spend', () => {
  it('is reckoned from bytes when the service does not tell', () => {
    const spend = toSpend({ model: 'gpt-5', bytesIn: 400, bytesOut: 41 }, []);
    assert.deepEqual([spend.tokens, spend.estimated], [111, true]);
  });

  it('adds up in any order', () => {
    const amount = fc.record({
      tokens: fc.nat(1e6),
      usd: fc.nat(1000),
      unpriced: fc.nat(1e6),
      estimated: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 20 }), (list) => {
        assert.deepEqual(list.reduce(addSpend, noSpend), [...list].reverse().reduce(addSpend, noSpend));
      }),
    );
  });

  const rows: readonly [string, Parameters<typeof findReached>, string | undefined][] = [
    ['no limits', [{}, spent({ tokens: 1e12, usd: 1e9 }), spent({ usd: 1e9 }), {}], undefined],
    ['a limit of 0 is none', [{ usdPerDay: 0 }, noSpend, spent({ usd: 5 }), {}], undefined],
    ['below', [{ tokensPerSession: 10 }, spent({ tokens: 9 }), noSpend, {}], undefined],
    [
      'reached',
      [{ tokensPerSession: 10 }, spent({ tokens: 10 }), noSpend, {}],
      'this session has used 10 of 10 tokens',
    ],
    [
      'a day',
      [{ usdPerDay: 5 }, noSpend, spent({ usd: 5.019 }), {}],
      'today, all sessions have used $5.02 of $5.00',
    ],
    ['raised once', [{ usdPerDay: 5 }, noSpend, spent({ usd: 9.9 }), { usdPerDay: 10 }], undefined],
    [
      'reached again',
      [{ usdPerDay: 5 }, noSpend, spent({ usd: 10 }), { usdPerDay: 10 }],
      'today, all sessions have used $10.00 of $10.00',
    ],
  ];
  for (const [title, args, expected] of rows) {
    it(`against its limits: ${title}`, () => {
      const reached = findReached(...args);
      assert.equal(reached && describeReached(reached), expected);
    });
  }
});

describe('loop detection', () => {
  const ask = (...texts: readonly string[]) => ({
    model: 'm',
    messages: texts.map((content) => ({ role: 'user', content })),
  });

  it('notices the same request the fifth time', () => {
    const loops = new LoopDetector();
    const seen = Array.from({ length: 5 }, () => loops.see(ask('a')));
    assert.deepEqual(seen, [false, false, false, false, true]);
  });

  for (const length of [1, 2, 3]) {
    it(`notices ${length} tool calls in turn, although the history grows and their ids differ`, () => {
      const loops = new LoopDetector();
      const history: unknown[] = [{ role: 'user', content: 'go' }];
      let noticed = 0;
      for (let n = 1; n <= length * 5 && noticed === 0; n += 1) {
        history.push({
          role: 'assistant',
          content: [{ type: 'tool_use', id: `toolu_${n}`, name: `t${n % length}`, input: {} }],
        });
        history.push({
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: `toolu_${n}`, content: 'no' }],
        });
        if (loops.see({ messages: history })) noticed = n;
      }
      assert.equal(noticed, length * 5);
    });
  }

  it('takes no work for a circle that goes on', () => {
    const loops = new LoopDetector();
    for (let n = 0; n < 100; n += 1) assert.equal(loops.see(ask('same', `result ${n}`)), false);
  });

  it('does not count what failed and is tried again', () => {
    const loops = new LoopDetector();
    for (let n = 0; n < 20; n += 1) {
      assert.equal(loops.see(ask('a')), false);
      loops.fail(ask('a'));
    }
  });

  it('begins anew when the user says so', () => {
    const loops = new LoopDetector();
    for (let n = 0; n < 5; n += 1) loops.see(ask('a'));
    loops.reset();
    assert.equal(loops.see(ask('a')), false);
  });

  it('survives any JSON', () => {
    const loops = new LoopDetector();
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof loops.see(json) === 'boolean'));
  });
});
