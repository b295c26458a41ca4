import { limits } from '../../../protocol/limits.js';
import { bundleRequest } from '../../../protocol/tool-proxy.js';
import type { Context } from '../context.js';
import { type Exchange, RouteError } from '../exchange.js';
import { type WorkspaceGit, withWorkspaceGit } from '../git/workspace-git.js';
import { readHead } from './head.js';

/** The agent's commits, as one stream of bytes: what HEAD has and the user's repository has not. */
export async function handleBundle(context: Context, exchange: Exchange): Promise<void> {
  const { have } = await exchange.readJson(bundleRequest);
  await withWorkspaceGit(context, exchange.signal, (git) => sendBundle(git, have, exchange));
  // There is no repository.
  if (!exchange.stream.headersSent) sendNothing(exchange);
}

async function sendBundle(git: WorkspaceGit, have: readonly string[], exchange: Exchange): Promise<void> {
  if ((await readHead(git)) === undefined) return sendNothing(exchange);
  const range = ['HEAD', '--not', ...(await keepKnown(git, have))];
  const { code, output } = await git.read(['rev-list', '--count', ...range]);
  const count = output.trim();
  if (code !== 0) throw new RouteError(409, 'git cannot count the commits');
  if (count === '0') return sendNothing(exchange);
  const { stdout, ended } = git.start(['bundle', 'create', '--quiet', '-', ...range], limits.bundleMs);
  const headers = { 'content-type': 'application/octet-stream', 'airlock-commits': count };
  exchange.stream.respond({ ':status': 200, ...headers });
  let bytes = 0;
  for await (const chunk of stdout) {
    bytes += chunk.length;
    if (bytes > limits.bundleBytes) throw new Error(`the bundle has more than ${limits.bundleBytes} bytes`);
    await exchange.sendBytes(chunk);
  }
  const end = await ended;
  if (end.code !== 0) throw new Error(`git made no bundle: ${end.output.slice(0, 500)}`);
  // Only now: a part must not look like the whole.
  exchange.stream.end();
}

/** The sandbox's copy may be older than the user's repository is now, and git refuses a name that it does not know. */
async function keepKnown(git: WorkspaceGit, have: readonly string[]): Promise<readonly string[]> {
  const { output } = await git.read(
    ['cat-file', '--batch-check=%(objecttype)'],
    have.map((id) => `${id}\n`).join(''),
  );
  const types = output.split('\n');
  return have.filter((_, index) => types[index] === 'commit' || types[index] === 'tag');
}

function sendNothing(exchange: Exchange): void {
  exchange.stream.respond({ ':status': 200, 'airlock-commits': '0' });
  exchange.stream.end();
}
