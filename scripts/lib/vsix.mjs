import { stat } from 'node:fs/promises';
import { checkManifest } from './manifest.mjs';
import { fromRoot } from './paths.mjs';
import { run } from './run.mjs';

export const MODEL_SERVER = fromRoot('out', 'model-server.js');
export const VSIX = fromRoot('dist', 'airlock.vsix');

/** Bundles the product for shipping and, when asked, the tests. @param {{tests: boolean}} options */
export async function build({ tests }) {
  const args = ['esbuild.js', '--production', ...(tests ? ['--tests'] : [])];
  await run(process.execPath, args, { cwd: fromRoot(), timeoutMs: 3 * 60_000 });
}

/** Bundles the scripted model alone, for who does not need the tests. */
export async function buildModelServer() {
  const esbuild = fromRoot('node_modules', 'esbuild/bin/esbuild');
  const args = ['--bundle', '--platform=node', '--target=node20', '--log-level=warning'];
  await run(esbuild, [fromRoot('test', 'model-server/main.ts'), `--outfile=${MODEL_SERVER}`, ...args]);
}

/** Packages what `build` made as dist/airlock.vsix. @param {string} node24 @param {import('./log.mjs').Log} log */
export async function packageVsix(node24, log) {
  await checkManifest();
  const vsce = fromRoot('node_modules', '@vscode/vsce/vsce');
  await run(node24, [vsce, 'package', '--no-dependencies', '--out', VSIX], {
    cwd: fromRoot(),
    timeoutMs: 3 * 60_000,
  });
  log.info(`${VSIX}: ${((await stat(VSIX)).size / 1024).toFixed(0)} KiB`);
  return VSIX;
}
