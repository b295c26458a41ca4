import type * as z from 'zod';
import { type headReply, objectId } from '../../../protocol/tool-proxy.js';
import type { Context } from '../context.js';
import type { Exchange } from '../exchange.js';
import { type WorkspaceGit, withWorkspaceGit } from '../git/workspace-git.js';

/** The commit that the workspace's repository is at: how the host learns that there are new ones. */
export async function handleHead(context: Context, exchange: Exchange): Promise<void> {
  exchange.stream.resume();
  const head = (await withWorkspaceGit(context, exchange.signal, readHead)) ?? null;
  exchange.sendJson({ head } satisfies z.input<typeof headReply>);
}

/** Undefined before the first commit. */
export async function readHead(git: WorkspaceGit): Promise<string | undefined> {
  const { output } = await git.read(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  return objectId.safeParse(output.trim()).data;
}
