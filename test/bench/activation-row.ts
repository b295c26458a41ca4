import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Row, row } from './measure.js';

const figuresShape = z.object({ ms: z.number(), limit: z.number(), runs: z.number() });

/** What scripts/bench.mjs measured in the extension host beforehand, beside its limit. */
export function readActivation(args: readonly string[]): Row {
  const { values } = parseArgs({
    args: [...args],
    options: { activation: { type: 'string' }, json: { type: 'boolean' } },
  });
  if (values.activation === undefined) throw new Error('--activation is missing: use `npm run bench`');
  const { ms, limit, runs } = figuresShape.parse(JSON.parse(values.activation));
  return row('activation ÷ its limit', { ours: ms, against: limit }, 'ms', runs, {
    of: 'ours',
    value: limit,
  });
}
