import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isCanonicalPath } from '../../../base/workspace-path.js';
import { pathsRequest } from '../../../protocol/tool-proxy.js';
import type { Context } from '../context.js';
import { type Exchange, RouteError } from '../exchange.js';

/** Says which paths are not there, where a path below a symlink counts as not there. */
export async function handleAbsent(context: Context, exchange: Exchange): Promise<void> {
  const { paths } = await exchange.readJson(pathsRequest);
  if (!paths.every(isCanonicalPath)) throw new RouteError(400, 'a path is not canonical');
  const directories = new Map<string, boolean>([['.', true]]);
  exchange.sendJson({ paths: paths.filter((path) => !exists(context.workspace, path, directories)) });
}

type Kind = 'directory' | 'other' | 'absent' | 'unknown';

function exists(root: string, path: string, directories: Map<string, boolean>): boolean {
  return isRealDirectory(root, dirname(path), directories) && kindOf(join(root, path)) !== 'absent';
}

function isRealDirectory(root: string, path: string, known: Map<string, boolean>): boolean {
  const seen = known.get(path);
  if (seen !== undefined) return seen;
  const kind = isRealDirectory(root, dirname(path), known) ? kindOf(join(root, path)) : 'absent';
  const real = kind === 'directory' || kind === 'unknown';
  known.set(path, real);
  return real;
}

/** What cannot be looked at counts as there: no deletion is ever proposed on a guess. */
function kindOf(path: string): Kind {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return 'absent';
    return stat.isDirectory() ? 'directory' : 'other';
  } catch {
    return 'unknown';
  }
}
