// npm run test:desktop: the extension suite in desktop VS Code, where it can be downloaded.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createLog } from './lib/log.mjs';
import { fromRoot } from './lib/paths.mjs';
import { build } from './lib/vsix.mjs';
import { ensureAll } from './setup/all.mjs';

const log = createLog();
await ensureAll(['engine'], log);
// Installed by the line above on a new machine.
const { runTests } = await import('@vscode/test-electron');
await log.step('build', () => build({ tests: true }));
const dir = await mkdtemp(path.join(os.tmpdir(), 'airlock-desktop-'));
try {
  const workspace = path.join(dir, 'workspace');
  await mkdir(workspace);
  // Chromium refuses its sandbox to root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const launchArgs = [
    workspace,
    '--disable-extensions',
    '--disable-workspace-trust',
    '--user-data-dir',
    path.join(dir, 'user'),
    ...asRoot,
  ];
  process.exitCode = await runTests({
    extensionDevelopmentPath: fromRoot(),
    extensionTestsPath: fromRoot('out', 'test', 'extension', 'index.js'),
    launchArgs,
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(
    'Desktop VS Code did not run: it needs a download of VS Code and, on Linux, a display (try xvfb-run -a).',
  );
  process.exitCode = 1;
} finally {
  await rm(dir, { recursive: true, force: true });
}
