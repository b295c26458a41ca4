import { randomInt } from 'node:crypto';
import { describeKills, KillBench, type KillResult, kinds, randomFrom } from '../kills/random-kills.js';
import { median, type Row, row } from './measure.js';

const KILLS = 200;

/** Sessions killed at random moments: what is left, what is lost, and how long the next start takes to see to it. */
export async function measureKills(print: (line: string) => void): Promise<readonly Row[]> {
  const seed = Number(process.env.AIRLOCK_TEST_SEED ?? randomInt(2 ** 31));
  const random = randomFrom(seed);
  const bench = await KillBench.open();
  try {
    const results: KillResult[] = [];
    for (let index = 0; index < KILLS; index += 1) {
      const result = await bench.kill(kinds[index % kinds.length] ?? 'window', random);
      results.push(result);
      if (result.orphans.length + result.lost.length + result.unnamed.length > 0)
        print(JSON.stringify(result));
    }
    print(describeKills(results, seed));
    const left = (of: (result: KillResult) => readonly string[]) =>
      results.reduce((sum, result) => sum + of(result).length, 0);
    const limit = { of: 'ours', value: 0 } as const;
    const never = (name: string, found: number) =>
      row(name, { ours: found, against: KILLS }, '', KILLS, limit);
    return [
      never(
        'orphans of random kills ÷ kills',
        left(({ orphans }) => orphans),
      ),
      never(
        'captured changes lost by random kills ÷ kills',
        left(({ lost }) => lost),
      ),
      never(
        'ends without a cause ÷ kills',
        left(({ unnamed }) => unnamed),
      ),
      row(
        'reconcile after a kill',
        { ours: median(results.map(({ reconcileMs }) => reconcileMs)), against: 1000 },
        'ms',
        KILLS,
        { of: 'ours', value: 1000 },
      ),
    ];
  } finally {
    await bench.dispose();
  }
}
