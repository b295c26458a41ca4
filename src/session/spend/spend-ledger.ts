import { appendFile, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Clock } from '../../base/clock.js';
import { addSpend, noSpend, type Spend } from '../../gateway/spend/spend.js';

const amount = z.number().min(0).max(1e12);
const line = z.object({ tokens: amount, usd: amount, unpriced: amount, estimated: z.boolean() });
/** A day's calls fit in many times over; what lies beyond is not read. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * What all sessions of this user's Airlock spend on a day (the local calendar's): a file a day with a line a call, which
 * every window and the command line append to. A line that cannot be read counts as none.
 */
export class SpendLedger {
  readonly #dir: string;
  readonly #clock: Clock;

  constructor(stateDir: string, clock: Clock) {
    this.#dir = join(stateDir, 'spend');
    this.#clock = clock;
  }

  async keep(spend: Spend): Promise<void> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    await appendFile(this.#file(), `${JSON.stringify(spend)}\n`, { mode: 0o600 });
  }

  async today(): Promise<Spend> {
    return (await this.#read()).split('\n').map(parseLine).reduce(addSpend, noSpend);
  }

  #file(): string {
    const now = new Date(this.#clock());
    const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
    return join(this.#dir, `${day.map((part) => String(part).padStart(2, '0')).join('-')}.jsonl`);
  }

  async #read(): Promise<string> {
    const file = await open(this.#file(), 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (file === undefined) return '';
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

function parseLine(text: string): Spend {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    // The end of the file, or a line that another process is just writing.
    return noSpend;
  }
}
