import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noSpend } from '../../../src/gateway/spend/spend.js';
import { SpendLedger } from '../../../src/session/spend/spend-ledger.js';

const NOON = new Date(2026, 10, 24, 12).getTime();
const DAY_MS = 24 * 3600 * 1000;

describe('ledger of a day’s spend', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'airlock-spend-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('adds up what several processes keep, a day at a time', async () => {
    let now = NOON;
    const [a, b] = [new SpendLedger(dir, () => now), new SpendLedger(dir, () => now)];
    assert.deepEqual(await a.today(), noSpend);
    await Promise.all([a, b, a, b].map((ledger) => ledger.keep({ ...noSpend, tokens: 3, usd: 0.5 })));
    assert.deepEqual(await b.today(), { ...noSpend, tokens: 12, usd: 2 });
    now += DAY_MS;
    assert.deepEqual(await a.today(), noSpend);
    assert.deepEqual(await readdir(join(dir, 'spend')), ['2026-11-24.jsonl']);
  });

  it('passes over a damaged line', async () => {
    const ledger = new SpendLedger(dir, () => NOON);
    await ledger.keep({ ...noSpend, tokens: 3 });
    const file = join(dir, 'spend', '2026-11-24.jsonl');
    await appendFile(file, 'not json\n{"tokens":-5,"usd":0,"unpriced":0,"estimated":false}\n{"tokens":1');
    assert.equal((await ledger.today()).tokens, 3);
  });
});
