import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describeKills, KillBench, type KillResult, kinds, randomFrom } from '../kills/random-kills.js';

/** `npm run bench -- --only kills` does two hundred. */
const KILLS = 18;

describe('random kills', function () {
  this.timeout(300_000);
  let bench: KillBench;
  before(async () => {
    bench = await KillBench.open();
  });
  after(() => bench.dispose());

  it('leave no orphan, lose no captured change, and are named where somebody is left to be told', async () => {
    const seed = Number(process.env.AIRLOCK_TEST_SEED ?? randomInt(2 ** 31));
    const random = randomFrom(seed);
    const results: KillResult[] = [];
    for (let index = 0; index < KILLS; index += 1) {
      const result = await bench.kill(kinds[index % kinds.length] ?? 'window', random);
      results.push(result);
      const { orphans, lost, unnamed } = result;
      assert.deepEqual(
        { orphans, lost, unnamed },
        { orphans: [], lost: [], unnamed: [] },
        `${JSON.stringify(result)}, seed ${seed}`,
      );
    }
    console.log(`      ${describeKills(results, seed)}`);
  });
});
