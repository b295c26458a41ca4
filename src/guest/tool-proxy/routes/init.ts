import type { Policy } from '../../../policy/policy.js';
import { protocolVersion } from '../../../protocol/road.js';
import { type InitReply, initRequest } from '../../../protocol/tool-proxy.js';
import { PipePool } from '../../process/pipe-pool.js';
import type { ProcessTree } from '../../process/process-tree.js';
import { collectFacts } from '../../self-test/collect-facts.js';
import type { Context } from '../context.js';
import { type Exchange, RouteError } from '../exchange.js';

/** Takes the policy snapshot and the limits that hold for the rest of this program's life. */
export async function handleInit(tree: ProcessTree, exchange: Exchange): Promise<Context> {
  const { policy, ...settings } = await exchange.readJson(initRequest);
  return { ...settings, policy: parseOnce(policy), tree, pipes: new PipePool() };
}

export async function describeProxy(): Promise<InitReply> {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  if (uid === undefined || gid === undefined) throw new RouteError(500, 'this system has no user ids');
  return { version: protocolVersion, uid, gid, node: process.version, selfTest: await collectFacts() };
}

// Parsed at the first tool call: a session that starts has better use for the processor.
function parseOnce(snapshot: unknown): Context['policy'] {
  let parsed: Promise<Policy> | undefined;
  return () => {
    parsed ??= import('../../../policy/policy.js').then(({ parsePolicy }) => parsePolicy(snapshot));
    return parsed;
  };
}
