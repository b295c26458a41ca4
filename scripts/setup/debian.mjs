import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { cleanEnv, findProgram, run } from '../lib/run.mjs';

/** True where packages can be installed: root on Debian or Ubuntu. */
export function canInstallPackages() {
  return (
    process.getuid?.() === 0 && findProgram('apt-get') !== undefined && /debian|ubuntu/.test(osRelease())
  );
}

/**
 * Installs Debian packages; tried twice, because a mirror may be in the middle of an update.
 * @param {string[]} names
 * @param {import('../lib/log.mjs').Log} log
 */
export async function installPackages(names, log) {
  log.info(`installing Debian packages: ${names.join(' ')}`);
  try {
    await updateAndInstall(names);
  } catch (error) {
    log.info(`first try failed, trying once more (${/** @type {Error} */ (error).message.split('\n')[0]})`);
    await updateAndInstall(names);
  }
}

/** The Debian archive apt uses here, so that nothing asks for a host this machine cannot reach. */
export async function packageMirror() {
  const folder = '/etc/apt/sources.list.d';
  const inFolder = await readdir(folder).catch(() => []);
  const files = [
    '/etc/apt/sources.list',
    ...inFolder.filter((name) => /\.(list|sources)$/.test(name)).map((name) => path.join(folder, name)),
  ];
  for (const file of files) {
    const mirror = mirrorIn(await readFile(file, 'utf8').catch(() => ''));
    if (mirror) return mirror;
  }
  return undefined;
}

/** First Debian archive in a one-line or deb822 source list. @param {string} text */
export function mirrorIn(text) {
  const uris = text
    .split('\n')
    .map((line) => /^(?:deb\s+(?:\[[^\]]*\]\s+)?|URIs:\s*)((?:https?|file):\/\/\S+)/.exec(line)?.[1])
    .filter((uri) => uri !== undefined);
  return uris.find((uri) => /\/debian\/?$/.test(uri));
}

/** @param {string[]} names */
async function updateAndInstall(names) {
  const env = cleanEnv({ DEBIAN_FRONTEND: 'noninteractive' });
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', [...wait, 'update', '-q'], { env, timeoutMs: 5 * 60_000 });
  await run('apt-get', [...wait, 'install', '-q', '-y', '--no-install-recommends', ...names], {
    env,
    timeoutMs: 15 * 60_000,
  });
}

function osRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8').toLowerCase();
  } catch {
    // No such file: not a Debian.
    return '';
  }
}
