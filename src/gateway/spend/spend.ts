import { costOf, type Price } from './prices.js';

/** What model calls have used. `usd` counts those with a known price; `unpriced` is the tokens of the others. */
export interface Spend {
  readonly tokens: number;
  readonly usd: number;
  readonly unpriced: number;
  /** Whether a part of the tokens was reckoned from bytes, because the service did not say. */
  readonly estimated: boolean;
}

export const noSpend: Spend = { tokens: 0, usd: 0, unpriced: 0, estimated: false };

/** What one call reported. */
export interface Usage {
  readonly model: string;
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Of text and JSON in the common models' tokens; a stream's frames make its answers look larger, never smaller. */
const BYTES_PER_TOKEN = 4;

/** The spend of one answered call. */
export function toSpend(usage: Usage, prices: readonly Price[]): Spend {
  const { model, inputTokens, outputTokens, bytesIn, bytesOut } = usage;
  const input = inputTokens ?? Math.ceil(bytesIn / BYTES_PER_TOKEN);
  const output = outputTokens ?? Math.ceil(bytesOut / BYTES_PER_TOKEN);
  const usd = costOf(model, { input, output }, prices);
  const tokens = input + output;
  return {
    tokens,
    usd: usd ?? 0,
    unpriced: usd === undefined ? tokens : 0,
    estimated: inputTokens === undefined || outputTokens === undefined,
  };
}

export function addSpend(a: Spend, b: Spend): Spend {
  return {
    tokens: a.tokens + b.tokens,
    usd: a.usd + b.usd,
    unpriced: a.unpriced + b.unpriced,
    estimated: a.estimated || b.estimated,
  };
}

/** At most so much; what is left out has no limit. */
export interface SpendLimits {
  readonly tokensPerSession?: number | undefined;
  readonly tokensPerDay?: number | undefined;
  readonly usdPerSession?: number | undefined;
  readonly usdPerDay?: number | undefined;
}

export type LimitName = keyof SpendLimits;

export interface Reached {
  readonly limit: LimitName;
  readonly used: number;
  readonly allowed: number;
  /** What it is raised to when the user goes on: as much again from here. */
  readonly next: number;
}

/**
 * The first limit that is reached. `raised` is what each was raised to by the user. Calls that run at the same time may
 * go over it by their own size.
 */
export function findReached(
  limits: SpendLimits,
  session: Spend,
  day: Spend,
  raised: Readonly<Partial<Record<LimitName, number>>>,
): Reached | undefined {
  const used: Readonly<Record<LimitName, number>> = {
    tokensPerSession: session.tokens,
    tokensPerDay: day.tokens,
    usdPerSession: session.usd,
    usdPerDay: day.usd,
  };
  for (const limit of ['usdPerSession', 'usdPerDay', 'tokensPerSession', 'tokensPerDay'] as const) {
    const base = limits[limit];
    if (base === undefined || base <= 0) continue;
    const allowed = raised[limit] ?? base;
    if (used[limit] >= allowed) return { limit, used: used[limit], allowed, next: used[limit] + base };
  }
  return undefined;
}

/** For people: `the session has used $5.02 of $5.00`. */
export function describeReached({ limit, used, allowed }: Reached): string {
  const whose = limit.endsWith('Session') ? 'this session has used' : 'today, all sessions have used';
  const show = (value: number) =>
    limit.startsWith('usd') ? `$${value.toFixed(2)}` : `${Math.round(value).toLocaleString('en-US')}`;
  return `${whose} ${show(used)} of ${show(allowed)}${limit.startsWith('usd') ? '' : ' tokens'}`;
}
