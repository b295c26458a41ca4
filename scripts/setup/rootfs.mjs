import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from '../lib/cache.mjs';
import { findProgram, run } from '../lib/run.mjs';
import { installPackages, packageMirror } from './debian.mjs';
import { downloadNode24 } from './node24.mjs';
import { unpackPackage } from './npm.mjs';

/** How this file makes a root file system: raise it when that changes. */
const METHOD = 1;

/**
 * Makes `rootfs.tar.gz` from Debian packages and Node from npm; returns the folder it is in.
 * @param {import('./base-recipe.mjs').BaseRecipe} recipe
 * @param {import('../lib/log.mjs').Log} log
 */
export async function makeRootfs(recipe, log) {
  return cached('rootfs', [recipe.key, process.arch, METHOD], async (temp) => {
    if (findProgram('debootstrap') === undefined) await installPackages(['debootstrap'], log);
    const root = path.join(temp, 'root');
    log.info('making a root file system from Debian packages (about a minute)');
    await debootstrap(recipe, root);
    await addNode(recipe, root, log);
    // debootstrap copies these two from this machine; the engine writes its own over them.
    for (const name of ['hostname', 'resolv.conf']) await writeFile(path.join(root, 'etc', name), '');
    await run('chroot', [root, '/bin/sh', '-c', recipe.finish]);
    await pack(root, path.join(temp, 'rootfs.tar.gz'));
    await rm(root, { recursive: true, force: true });
  });
}

/** @param {import('./base-recipe.mjs').BaseRecipe} recipe @param {string} root */
async function debootstrap(recipe, root) {
  const include = `--include=${recipe.packages.join(',')}`;
  const mirror = await packageMirror();
  // Without a mirror debootstrap asks its own default one.
  const args = ['--variant=minbase', include, recipe.suite, root, ...(mirror ? [mirror] : [])];
  await run('debootstrap', args, { timeoutMs: 15 * 60_000 });
}

/** Puts Node and npm where the official image has them. @param {import('./base-recipe.mjs').BaseRecipe} recipe @param {string} root @param {import('../lib/log.mjs').Log} log */
async function addNode(recipe, root, log) {
  const local = path.join(root, 'usr/local');
  const modules = path.join(local, 'lib/node_modules');
  await mkdir(modules, { recursive: true });
  await copyFile(await downloadNode24(log), path.join(local, 'bin/node'));
  await unpackPackage(`npm@${recipe.npmVersion}`, path.join(modules, 'npm'));
  for (const name of ['npm', 'npx']) {
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(local, 'bin', name));
  }
  await run('chmod', ['0755', path.join(local, 'bin/node')]);
  await run('chown', ['-R', '0:0', local]);
}

/** @param {string} root @param {string} file */
async function pack(root, file) {
  const stable = [
    '--sort=name',
    '--numeric-owner',
    '--exclude=./dev/*',
    '--exclude=./proc/*',
    '--exclude=./sys/*',
  ];
  await run('tar', [...stable, '-I', 'gzip -1', '-cf', file, '-C', root, '.']);
}
