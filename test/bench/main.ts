import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readActivation } from './activation-row.js';
import { measureApply } from './apply-rows.js';
import { measureAudit } from './audit-rows.js';
import { type Fixture, openFixture } from './fixture.js';
import { measureGateway } from './gateway-rows.js';
import { measureHunks } from './hunk-rows.js';
import { measureKills } from './kill-rows.js';
import { keepsLimit, type Row } from './measure.js';
import { measurePolicy } from './policy-rows.js';
import { measureReviews } from './review-rows.js';
import { measureSessions } from './session-rows.js';
import { measureSizes } from './size-rows.js';
import { measureTools } from './tool-rows.js';

const LARGE = 200_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      groups: { type: 'string', default: '' },
      activation: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const groups = new Set(values.groups.split(','));
  const rows: Row[] = [];
  if (groups.has('activation')) rows.push(readActivation(values.activation));
  if (groups.has('policy')) rows.push(...measurePolicy());
  if (groups.has('hunks')) rows.push(...measureHunks());
  if (groups.has('reviews')) rows.push(...(await inFolder(measureReviews)));
  if (groups.has('apply')) rows.push(...(await inFolder(measureApply, resolve('out'))));
  if (groups.has('audit')) rows.push(...(await inFolder(measureAudit, resolve('out'))));
  if (groups.has('sessions') || groups.has('tools')) rows.push(...(await measureSandbox(groups)));
  const note = (line: string) => void process.stderr.write(`${line}\n`);
  if (groups.has('kills')) rows.push(...(await measureKills(note)));
  if (groups.has('gateway')) rows.push(...(await inFolder(measureGateway)));
  if (values.json) {
    process.stdout.write(`${JSON.stringify(rows.map(({ limit: _, ...figures }) => figures))}\n`);
    return;
  }
  for (const figures of rows) process.stdout.write(`${describe(figures)}\n`);
  if (!groups.has('sizes')) return;
  for (const { name, kilobytes } of await measureSizes()) process.stdout.write(`${name}: ${kilobytes} KB\n`);
}

/** The folder for temporary files may be in memory, where nothing of what a disk costs can be seen. */
async function inFolder(
  measure: (dir: string) => Promise<readonly Row[]>,
  parent = tmpdir(),
): Promise<readonly Row[]> {
  const dir = await mkdtemp(join(parent, 'airlock-bench-'));
  try {
    return await measure(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function measureSandbox(groups: ReadonlySet<string>): Promise<readonly Row[]> {
  const fixture: Fixture = await openFixture();
  try {
    const empty = await fixture.makeWorkspace('empty', 0);
    const large = await fixture.makeWorkspace('large', LARGE);
    return [
      ...(groups.has('sessions') ? await measureSessions(fixture, empty, large) : []),
      ...(groups.has('tools') ? await measureTools(fixture, empty, large) : []),
    ];
  } finally {
    await fixture.dispose();
  }
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
