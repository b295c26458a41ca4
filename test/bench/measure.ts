/** One line of the benchmark's table. `ratio` is ours ÷ against, of both medians of the same run or of its pairs. */
export interface Row {
  readonly name: string;
  readonly ours: number;
  readonly against: number;
  readonly unit: string;
  readonly ratio: number;
  readonly runs: number;
  /** What the figure must not exceed (or, with `atLeast`, must reach), of the ratio or of `ours`. */
  readonly limit?: {
    readonly of: 'ratio' | 'ours' | 'difference';
    readonly atLeast?: boolean;
    readonly value: number;
  };
}

export interface Figures {
  readonly ours: number;
  readonly against: number;
  /** Where it is not the one of the two medians. */
  readonly ratio?: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** What the engine still tears down behind an end must not be charged to whatever comes next. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 400));
}

/** Runs both in turn, A B A B, so that the machine's drift falls on both alike; the first pairs are a warm-up. */
export async function alternate(
  runs: number,
  ours: () => Promise<number>,
  against: () => Promise<number>,
  warmUp = 10,
): Promise<{ ours: number; against: number }> {
  const a: number[] = [];
  const b: number[] = [];
  for (let run = -warmUp; run < runs; run += 1) {
    const first = await ours();
    const second = await against();
    if (run < 0) continue;
    a.push(first);
    b.push(second);
  }
  return { ours: median(a), against: median(b) };
}

/** Likewise, with the ratio as the median of each pair's own: for what the machine's drift changes most, a disk. */
export async function alternatePairs(
  runs: number,
  ours: () => Promise<number>,
  against: () => Promise<number>,
  warmUp: number,
): Promise<Figures> {
  const pairs: { ours: number; against: number }[] = [];
  for (let run = -warmUp; run < runs; run += 1) {
    const pair = { ours: await ours(), against: await against() };
    if (run >= 0) pairs.push(pair);
  }
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    against: median(pairs.map((pair) => pair.against)),
    ratio: median(pairs.map((pair) => pair.ours / pair.against)),
  };
}

/** Likewise, for work that the engine cleans up after: both start when it has. */
export function pair(
  runs: number,
  ours: () => Promise<number>,
  against: () => Promise<number>,
): Promise<{ ours: number; against: number }> {
  const settled = (work: () => Promise<number>) => () => settle().then(work);
  return alternate(runs, settled(ours), settled(against), 1);
}

export function row(name: string, figures: Figures, unit: string, runs: number, limit?: Row['limit']): Row {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    name,
    ours: round(figures.ours),
    against: round(figures.against),
    unit,
    ratio: round(figures.ratio ?? figures.ours / figures.against),
    runs,
    ...(limit === undefined ? {} : { limit }),
  };
}

/** Whether the row keeps its limit; `undefined` without one. */
export function keepsLimit({ limit, ours, against, ratio }: Row): boolean | undefined {
  if (limit === undefined) return undefined;
  const value = limit.of === 'ratio' ? ratio : limit.of === 'ours' ? ours : ours - against;
  return limit.atLeast === true ? value >= limit.value : value <= limit.value;
}
