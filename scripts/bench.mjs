// npm run bench [-- --json]: builds what is measured, then runs the benchmark against the real engine.
import { measureActivation } from './lib/activation.mjs';
import { createLog } from './lib/log.mjs';
import { fromRoot } from './lib/paths.mjs';
import { tryRun } from './lib/run.mjs';
import { exitOnSignals } from './lib/signals.mjs';
import { build, packageVsix } from './lib/vsix.mjs';
import { ensureAll } from './setup/all.mjs';

exitOnSignals();
// Standard output is the table's (or the JSON's) alone.
const log = createLog(console.error);
const { node24, codeServer, chromium } = await ensureAll(['engine', 'editor', 'browser'], log);
if (!codeServer || !chromium) throw new Error('no editor');
await build({ tests: true });
await packageVsix(node24, log);
const activation = await log.step('activation', () => measureActivation({ codeServer, chromium }));
const args = [fromRoot('out', 'bench.js'), '--activation', activation, ...process.argv.slice(2)];
const { code } = await tryRun(node24, args, { cwd: fromRoot(), live: true, timeoutMs: 20 * 60_000 });
process.exitCode = code ?? 1;
