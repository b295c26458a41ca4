// npm run bench [-- --json]: builds what is measured, then runs the benchmark against the real engine.
import { createLog } from './lib/log.mjs';
import { fromRoot } from './lib/paths.mjs';
import { tryRun } from './lib/run.mjs';
import { exitOnSignals } from './lib/signals.mjs';
import { build, packageVsix } from './lib/vsix.mjs';
import { ensureAll } from './setup/all.mjs';

exitOnSignals();
// Standard output is the table's (or the JSON's) alone.
const log = createLog(console.error);
const { node24 } = await ensureAll(['engine'], log);
await build({ tests: true });
await packageVsix(node24, log);
const { code } = await tryRun(node24, [fromRoot('out', 'bench.js'), ...process.argv.slice(2)], {
  cwd: fromRoot(),
  live: true,
  timeoutMs: 20 * 60_000,
});
process.exitCode = code ?? 1;
