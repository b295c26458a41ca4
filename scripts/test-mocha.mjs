// Runs every *.test.js below a folder with mocha and reports the totals.
// usage: node scripts/test-mocha.mjs FOLDER [GREP]
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';
import { writeResult } from './lib/result-file.mjs';

const TEST_TIMEOUT_MS = 30_000;
const IDLE_AFTER_MS = 10_000;

const [folder = 'out/test/unit', grep] = process.argv.slice(2);
const mocha = new Mocha({
  reporter: 'spec',
  timeout: TEST_TIMEOUT_MS,
  slow: 2000,
  forbidOnly: true,
  forbidPending: true,
});
if (grep) mocha.grep(grep);
const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.test.js')).sort();
for (const name of files) mocha.addFile(path.resolve(folder, name));
await mocha.loadFilesAsync();
const runner = mocha.run(onEnd);

/** @param {number} failures */
async function onEnd(failures) {
  const passes = runner.stats?.passes ?? 0;
  process.exitCode = failures === 0 && passes > 0 ? 0 : 1;
  await writeResult({ passes, failures });
  setTimeout(() => onLeak(passes, failures + 1), IDLE_AFTER_MS).unref();
}

/** Only runs when something that a test opened still keeps the process alive. @param {number} passes @param {number} failures */
async function onLeak(passes, failures) {
  console.error(`  1 more failure: tests left this open: ${process.getActiveResourcesInfo().join(', ')}`);
  await writeResult({ passes, failures });
  process.exit(1);
}
