import { readActivation } from './activation-row.js';
import { openFixture } from './fixture.js';
import { measureGateway } from './gateway-rows.js';
import { keepsLimit, type Row } from './measure.js';
import { measurePolicy } from './policy-rows.js';
import { measureSessions } from './session-rows.js';
import { measureSizes } from './size-rows.js';
import { measureTools } from './tool-rows.js';

const LARGE = 200_000;

async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const rows: Row[] = [readActivation(process.argv.slice(2)), ...measurePolicy()];
  const fixture = await openFixture();
  try {
    const empty = await fixture.makeWorkspace('empty', 0);
    const large = await fixture.makeWorkspace('large', LARGE);
    rows.push(...(await measureSessions(fixture, empty, large)));
    rows.push(...(await measureTools(fixture, empty, large)));
    rows.push(...(await measureGateway(fixture.dir)));
  } finally {
    await fixture.dispose();
  }
  if (json) {
    process.stdout.write(`${JSON.stringify(rows.map(({ limit: _, ...figures }) => figures))}\n`);
    return;
  }
  for (const figures of rows) process.stdout.write(`${describe(figures)}\n`);
  for (const { name, kilobytes } of await measureSizes()) process.stdout.write(`${name}: ${kilobytes} KB\n`);
}

function describe(figures: Row): string {
  const { name, ours, against, unit, ratio, runs, limit } = figures;
  const line = `${name}: ${ours} ${unit} / ${against} ${unit} = ${ratio} (median of ${runs})`;
  if (limit === undefined) return line;
  const sign = limit.atLeast === true ? '≥' : '≤';
  const of = limit.of === 'ratio' ? '' : ` ${unit}${limit.of === 'difference' ? ' apart' : ''}`;
  return `${line}; limit ${sign} ${limit.value}${of}: ${keepsLimit(figures) === true ? 'kept' : 'MISSED'}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
