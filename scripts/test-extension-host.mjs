// Runs out/test/extension inside the extension host of code-server. Built and set up by scripts/test.mjs.
// usage: node scripts/test-extension-host.mjs [GREP]

import { runInExtensionHost } from './lib/extension-host.mjs';
import { createLog } from './lib/log.mjs';
import { fromRoot } from './lib/paths.mjs';
import { writeResult } from './lib/result-file.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureCodeServer } from './setup/code-server.mjs';
import { ensureNode24 } from './setup/node24.mjs';

const log = createLog();
const result = await runInExtensionHost({
  codeServer: await ensureCodeServer(await ensureNode24(log), log),
  chromium: await ensureChromium(log),
  extension: fromRoot(),
  tests: fromRoot('out/test/extension/index.js'),
  grep: process.argv[2],
  timeoutMs: 5 * 60_000,
});
await writeResult(result);
process.exitCode = result.failures === 0 && result.passes > 0 ? 0 : 1;
