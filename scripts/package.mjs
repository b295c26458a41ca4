// npm run package: builds the extension and packages it as dist/airlock.vsix.
import { createLog } from './lib/log.mjs';
import { build, packageVsix } from './lib/vsix.mjs';
import { ensureAll } from './setup/all.mjs';

const log = createLog();
const { node24 } = await ensureAll([], log);
await log.step('build', () => build({ tests: false }));
await log.step('package', () => packageVsix(node24, log));
