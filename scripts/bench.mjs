// npm run bench [-- --json] [--only TEXT]: builds what is measured, then runs the benchmark; TEXT is a part of it, as
// lib/bench-groups.mjs names them (`--only apply`).
import { parseArgs } from 'node:util';
import { measureActivation } from './lib/activation.mjs';
import { chooseGroups, needsOf } from './lib/bench-groups.mjs';
import { createLog } from './lib/log.mjs';
import { fromRoot } from './lib/paths.mjs';
import { tryRun } from './lib/run.mjs';
import { exitOnSignals } from './lib/signals.mjs';
import { build, packageVsix } from './lib/vsix.mjs';
import { ensureAll } from './setup/all.mjs';

exitOnSignals();
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
// Standard output is the table's (or the JSON's) alone.
const log = createLog(console.error);
const groups = chooseGroups(values.only);
const { node24, codeServer, chromium } = await ensureAll(needsOf(groups), log);
await build({ tests: true });
if (groups.includes('sizes')) await packageVsix(node24, log);
const args = [fromRoot('out', 'bench.js'), '--groups', groups.join(',')];
if (groups.includes('activation')) {
  if (!codeServer || !chromium) throw new Error('no editor');
  args.push('--activation', await log.step('activation', () => measureActivation({ codeServer, chromium })));
}
if (values.json) args.push('--json');
const { code } = await tryRun(node24, args, { cwd: fromRoot(), live: true, timeoutMs: 20 * 60_000 });
process.exitCode = code ?? 1;
