import path from 'node:path';
import { cached } from '../lib/cache.mjs';
import { run } from '../lib/run.mjs';
import { baseRecipe } from './base-recipe.mjs';
import { unpackPackage } from './npm.mjs';

const REQUIRED_MAJOR = 24;

/**
 * Path of a Node 24 binary: this process's own when it is new enough, else one from npm.
 * @param {import('../lib/log.mjs').Log} log
 */
export async function ensureNode24(log) {
  if (Number.parseInt(process.versions.node, 10) >= REQUIRED_MAJOR) return process.execPath;
  return downloadNode24(log);
}

/** Path of the pinned Node 24 for Linux, which is also the one a locally made base image carries. @param {import('../lib/log.mjs').Log} log */
export async function downloadNode24(log) {
  if (process.platform !== 'linux') {
    throw new Error(
      `Node ${REQUIRED_MAJOR} is needed here and only Linux binaries come from npm: install Node ${REQUIRED_MAJOR} and run this with it.`,
    );
  }
  const spec = `node-linux-${process.arch}@${(await baseRecipe()).nodeVersion}`;
  const dir = await cached('node24', spec, async (temp) => {
    log.info(`fetching ${spec}`);
    await unpackPackage(spec, temp);
    await run(path.join(temp, 'bin/node'), ['--version']);
  });
  return path.join(dir, 'bin/node');
}
