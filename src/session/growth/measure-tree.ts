import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError } from '../../base/errors.js';
import { codeOf } from '../../workspace/fs-errors.js';
import type { GrowthLimits, Measure } from './judge-growth.js';

const BLOCK_BYTES = 512;

/**
 * What a tree takes on its disk, counted no further than the limits. Names that go meanwhile, and folders that may
 * not be read, count as the one entry that they are: the free space of the disk bounds what is hidden in them.
 */
export async function measureTree(
  root: string,
  limits: Pick<GrowthLimits, 'bytes' | 'entries'>,
  signal: AbortSignal,
): Promise<Measure> {
  const folders = [root];
  let [bytes, entries] = [0, 0];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for await (const name of listNames(folder)) {
      signal.throwIfAborted();
      const location = join(folder, name);
      const stat = await lstat(location).catch(ignoreGone);
      entries += 1;
      if (stat !== undefined) bytes += stat.blocks * BLOCK_BYTES;
      if (stat?.isDirectory() === true) folders.push(location);
      if (bytes > limits.bytes || entries > limits.entries) return { kind: 'tree', bytes, entries };
    }
  }
  return { kind: 'tree', bytes, entries };
}

async function* listNames(folder: string): AsyncGenerator<string> {
  try {
    for await (const { name } of await opendir(folder)) yield name;
  } catch (error) {
    ignoreGone(error);
  }
}

function ignoreGone(error: unknown): undefined {
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(codeOf(error))) return undefined;
  throw new Error(`the sandbox's view of the workspace cannot be measured: ${describeError(error)}`, {
    cause: error,
  });
}
