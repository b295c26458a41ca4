import { z } from 'zod';
import { type Row, row } from './measure.js';

const figuresShape = z.object({ ms: z.number(), limit: z.number(), runs: z.number() });

/** What scripts/bench.mjs measured in the extension host beforehand, beside its limit. */
export function readActivation(measured: string | undefined): Row {
  if (measured === undefined) throw new Error('--activation is missing: use `npm run bench`');
  const { ms, limit, runs } = figuresShape.parse(JSON.parse(measured));
  return row('activation ÷ its limit', { ours: ms, against: limit }, 'ms', runs, {
    of: 'ours',
    value: limit,
  });
}
