import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type Fixture, openFixture, openSandbox } from '../bench/fixture.js';
import { runSource } from './exec-in.js';
import { ownerId } from './harness.js';
import { expansionPrograms } from './shell/expansion-programs.js';
import { fixedPrograms } from './shell/fixed-programs.js';
import { generatePrograms } from './shell/generate.js';
import { optionPrograms } from './shell/option-programs.js';
import { readPrograms } from './shell/read-programs.js';
import type { Difference, DriverReport } from './shell/report.js';

const PROGRAMS = 2_200;
/** One exec of the driver takes so many. */
const BATCH = 1_100;

/** Runs the programs in a sandbox, each by our interpreter and by bash. */
async function compare(container: string, programs: readonly string[]): Promise<DriverReport> {
  const driver = await readFile('out/shell-driver.js', 'utf8');
  const source = `globalThis.shellCases = ${JSON.stringify(programs)};\n${driver}`;
  const { stdout, stderr, exitCode } = await runSource(container, `${ownerId}:${ownerId}`, source);
  assert.equal(exitCode, 0, stderr);
  return JSON.parse(stdout) as DriverReport;
}

// The same programs each time, so that a failure is a change's; `random` looks for new ones.
const DEFAULT_SEED = '20260';

function show({ text, ours, theirs }: Difference): string {
  return `${text}\n--- ours\n${JSON.stringify(ours, null, 1)}\n--- bash\n${JSON.stringify(theirs, null, 1)}`;
}

describe('shell: the interpreter and bash', function () {
  this.timeout(280_000);
  let fixture: Fixture;
  before(async () => {
    fixture = await openFixture();
  });
  after(() => fixture.dispose());

  it('do the same with hundreds of chosen and thousands of generated programs', async () => {
    const { AIRLOCK_SEED = DEFAULT_SEED } = process.env;
    const seed = AIRLOCK_SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(AIRLOCK_SEED);
    const programs = generatePrograms(seed, PROGRAMS);
    const sandbox = await openSandbox(fixture, await fixture.makeWorkspace('differential', 1));
    try {
      let ran = 0;
      let unstable = 0;
      const fixed = await compare(sandbox.container, [
        ...fixedPrograms,
        ...optionPrograms,
        ...readPrograms,
        ...expansionPrograms,
      ]);
      assert.deepEqual([fixed.refused, fixed.unstable], [[], []]);
      const differences: Difference[] = [...fixed.differences];
      for (let from = 0; from < programs.length; from += BATCH) {
        const report = await compare(sandbox.container, programs.slice(from, from + BATCH));
        ran += report.ran;
        unstable += report.unstable.length;
        differences.push(...report.differences);
      }
      console.log(
        `      AIRLOCK_SEED=${seed}: ${ran} programs, ${differences.length} differ, ${unstable} unstable in bash itself`,
      );
      assert.equal(differences.length, 0, differences.slice(0, 5).map(show).join('\n\n'));
      assert.ok(ran >= 2_000, `only ${ran} programs were in the subset`);
      assert.ok(unstable < ran / 50, `${unstable} programs say nothing`);
    } finally {
      await sandbox.dispose();
    }
  });
});
