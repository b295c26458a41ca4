import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { Fixture } from './fixture.js';
import { type OpenSandbox, openSandbox } from './fixture.js';
import { alternate, median, pair, type Row, row, timed } from './measure.js';

const RUNS = 40;
const BLOCKS = 5;
const IN_BLOCK = 8;
const CHANGES = 10;
// By its path: `true` alone is the interpreter's own and starts no program.
const TRUE = '/usr/bin/true';
const BARE_USER = '60002:60002';

/** Spawns `true` at every line of its input and prints how many milliseconds that took. */
const BARE_SPAWN = `
  const { spawn } = require('node:child_process');
  require('node:readline').createInterface({ input: process.stdin }).on('line', () => {
    const began = performance.now();
    spawn('/usr/bin/true', { stdio: ['ignore', 'pipe', 'pipe'] })
      .once('close', () => console.log(performance.now() - began));
  });`;

/** What one tool call and one collection cost. */
export async function measureTools(fixture: Fixture, empty: string, large: string): Promise<readonly Row[]> {
  const small = await openSandbox(fixture, empty);
  const rows: Row[] = [];
  try {
    // In blocks: what an engine exec leaves running behind its end must not be charged to the next tool call.
    const exec = await pair(
      BLOCKS,
      () => medianOfBlock(() => toolCall(small, TRUE)),
      () => medianOfBlock(() => engineExec(fixture, small)),
    );
    rows.push(
      row(
        'engine exec of `true` ÷ tool call of `true`',
        { ours: exec.against, against: exec.ours },
        'ms',
        RUNS,
        {
          of: 'ratio',
          atLeast: true,
          value: 10,
        },
      ),
    );
    rows.push(await measureOverhead(fixture, small));
  } finally {
    await small.dispose();
  }
  return [...rows, await measureCollection(fixture, large)];
}

async function measureCollection(fixture: Fixture, large: string): Promise<Row> {
  const open = await openSandbox(fixture, large);
  try {
    for (let index = 0; index < CHANGES; index += 1) {
      const path = `part-0/dir-${index}/file-1.txt`;
      const call = { tool: 'write_file' as const, input: { path, content: `changed ${index}\n` } };
      const result = await open.sandbox.proxy.tool(call, () => undefined, new AbortController().signal);
      if (!result.ok) throw new Error(result.text);
    }
    const runs: number[] = [];
    for (let run = 0; run < 9; run += 1) {
      runs.push(
        await timed(async () => {
          const changes = await open.view.capture(open.sandbox, AbortSignal.timeout(60_000));
          if (changes.length !== CHANGES) throw new Error(`${changes.length} changes instead of ${CHANGES}`);
        }),
      );
    }
    const limit = { of: 'ours' as const, value: 100 };
    return row(
      'collecting 10 changes in 200,000 files',
      { ours: median(runs), against: 100 },
      'ms',
      runs.length,
      limit,
    );
  } finally {
    await open.dispose();
  }
}

async function medianOfBlock(work: () => Promise<void>): Promise<number> {
  const runs: number[] = [];
  for (let run = 0; run < IN_BLOCK; run += 1) runs.push(await timed(work));
  return median(runs);
}

async function toolCall({ sandbox }: OpenSandbox, command: string): Promise<void> {
  const call = { tool: 'run_command' as const, input: { command, cwd: '' } };
  const result = await sandbox.proxy.tool(call, () => undefined, new AbortController().signal);
  if (!result.ok) throw new Error(result.text);
}

async function engineExec({ engine }: Fixture, { container }: OpenSandbox): Promise<void> {
  const { stdio } = await engine.exec(container, {
    user: '1000:1000',
    argv: ['/usr/bin/true'],
    env: [],
    cwd: '/',
  });
  stdio.end();
  await text(stdio);
}

/** A tool call beside a spawn that a bare Node process in the same container does, in turn and at the same pace. */
async function measureOverhead({ engine }: Fixture, open: OpenSandbox): Promise<Row> {
  const { stdio } = await engine.exec(open.container, {
    // Not the tools' user: whatever of theirs outlives a call is killed.
    user: BARE_USER,
    argv: ['/usr/local/bin/node', '-e', BARE_SPAWN],
    env: [],
    cwd: '/',
  });
  try {
    const lines = createInterface({ input: stdio })[Symbol.asyncIterator]();
    const spawn = async () => {
      stdio.write('go\n');
      const { value } = await lines.next();
      return Number(value);
    };
    const call = () => timed(() => toolCall(open, TRUE));
    const figures = await alternate(RUNS, call, spawn);
    const limit = { of: 'difference' as const, value: 2 };
    return row('tool call of `true` − bare spawn in the container', figures, 'ms', RUNS, limit);
  } finally {
    stdio.destroy();
  }
}
