import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { isCanonicalPath } from '../../../base/workspace-path.js';
import { maskRequest } from '../../../protocol/tool-proxy.js';
import type { Context } from '../context.js';
import type { Exchange } from '../exchange.js';
import { codeOf, withEntry } from '../files/beneath.js';
import { writeFully } from '../files/write-text.js';

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Puts read-only stand-ins where secrets were; whatever could not be replaced is reported. */
export async function handleMask(context: Context, exchange: Exchange): Promise<void> {
  const { files } = await exchange.readJson(maskRequest);
  const failed = files.flatMap(({ path, content }) => {
    const reason = maskFile(context.workspace, path, content);
    return reason === undefined ? [] : [{ path, reason }];
  });
  exchange.sendJson({ failed });
}

function maskFile(root: string, path: string, content: string): string | undefined {
  if (!isCanonicalPath(path)) return 'the path is not canonical';
  try {
    withEntry(root, path, false, (entry) => replace(entry, content));
    return undefined;
  } catch (error) {
    return (codeOf(error) || String(error)).slice(0, 512);
  }
}

function replace(entry: string, content: string): void {
  removeIfThere(entry);
  const fd = openSync(entry, CREATE, 0o444);
  try {
    writeFully(fd, Buffer.from(content));
  } finally {
    closeSync(fd);
  }
}

function removeIfThere(entry: string): void {
  try {
    unlinkSync(entry);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
