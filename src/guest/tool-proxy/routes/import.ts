import { readdirSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { type Identities, recordIdentities } from '../changes/identities.js';
import type { Context } from '../context.js';
import { type Exchange, RouteError } from '../exchange.js';
import { unpackTar } from '../import/unpack-tar.js';

/** Fills the empty workspace and remembers what it looked like. */
export async function handleImport(context: Context, exchange: Exchange): Promise<Identities> {
  if (readdirSync(context.workspace).length > 0) throw new RouteError(409, 'the workspace is not empty');
  const source: Readable = exchange.stream;
  const count = await unpackTar(context.workspace, source).catch((error: unknown) => {
    throw new RouteError(400, `the import failed: ${error instanceof Error ? error.message : String(error)}`);
  });
  const identities = await recordIdentities(context.workspace);
  exchange.sendJson({ count });
  return identities;
}
