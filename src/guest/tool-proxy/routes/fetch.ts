import { closeSync, constants, createReadStream, fstatSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isCanonicalPath } from '../../../base/workspace-path.js';
import { limits } from '../../../protocol/limits.js';
import { fetchRequest } from '../../../protocol/tool-proxy.js';
import type { Context } from '../context.js';
import { type Exchange, RouteError } from '../exchange.js';
import { codeOf, openBeneath } from '../files/beneath.js';

const CHUNK = 256 * 1024;

/** The bytes of one regular file, reached through no symlink. */
export async function handleFetch(context: Context, exchange: Exchange): Promise<void> {
  const { path } = await exchange.readJson(fetchRequest);
  if (!isCanonicalPath(path)) throw new RouteError(400, 'the path is not canonical');
  const { fd, size } = open(context.workspace, path);
  exchange.stream.respond({
    ':status': 200,
    'content-type': 'application/octet-stream',
    'airlock-size': String(size),
  });
  if (size === 0) {
    closeSync(fd);
    exchange.stream.end();
    return;
  }
  // Not one byte more than announced, however the file grows meanwhile.
  await pipeline(
    createReadStream('', { fd, start: 0, end: size - 1, highWaterMark: CHUNK }),
    exchange.stream,
  );
}

function open(root: string, path: string): { fd: number; size: number } {
  const fd = openFile(root, path);
  const stat = fstatSync(fd);
  if (stat.isFile() && stat.size <= limits.changeFileBytes) return { fd, size: stat.size };
  closeSync(fd);
  if (!stat.isFile()) throw new RouteError(404, 'not a regular file');
  throw new RouteError(413, `the file has ${stat.size} bytes; at most ${limits.changeFileBytes} are sent`);
}

function openFile(root: string, path: string): number {
  try {
    return openBeneath(root, path, constants.O_RDONLY);
  } catch (error) {
    throw new RouteError(404, `cannot be read: ${codeOf(error)}`);
  }
}
