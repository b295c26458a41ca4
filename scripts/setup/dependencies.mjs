import { readFile } from 'node:fs/promises';
import { fromRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';

/** @typedef {Record<string, {version?: string, optional?: boolean}>} LockedPackages */

/**
 * Installs the project's packages unless what is in node_modules is what the lock file says.
 * @param {import('../lib/log.mjs').Log} log
 */
export async function ensureDependencies(log) {
  const locked = await packagesIn(fromRoot('package-lock.json'));
  if (!locked) throw new Error('package-lock.json is missing or unreadable: restore it from the repository.');
  // npm records here what it has installed, and writes it last.
  const installed = await packagesIn(fromRoot('node_modules', '.package-lock.json'));
  if (installed && isInstalled(locked, installed)) return;
  log.info('npm ci');
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: fromRoot(), timeoutMs: 10 * 60_000 });
}

/** Packages for other platforms are optional and may be absent. @param {LockedPackages} locked @param {LockedPackages} installed */
function isInstalled(locked, installed) {
  return Object.entries(locked).every(([folder, entry]) => {
    if (folder === '') return true;
    const found = installed[folder];
    return found ? found.version === entry.version : entry.optional === true;
  });
}

/** @param {string} file @returns {Promise<LockedPackages | undefined>} */
async function packagesIn(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    // Missing or half written: both mean that an install has to run.
    return undefined;
  }
}
