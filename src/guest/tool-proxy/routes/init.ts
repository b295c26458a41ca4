import { parsePolicy } from '../../../policy/policy.js';
import { protocolVersion } from '../../../protocol/road.js';
import { type InitReply, initRequest } from '../../../protocol/tool-proxy.js';
import type { ProcessTree } from '../../process/process-tree.js';
import type { Context } from '../context.js';
import { type Exchange, RouteError } from '../exchange.js';

/** Takes the policy snapshot and the limits that hold for the rest of this program's life. */
export async function handleInit(tree: ProcessTree, exchange: Exchange): Promise<Context> {
  const { policy, ...settings } = await exchange.readJson(initRequest);
  return { ...settings, policy: parse(policy), tree };
}

export function describeProxy(): InitReply {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  if (uid === undefined || gid === undefined) throw new RouteError(500, 'this system has no user ids');
  return { version: protocolVersion, uid, gid, node: process.version };
}

function parse(policy: unknown): Context['policy'] {
  try {
    return parsePolicy(policy);
  } catch (error) {
    throw new RouteError(
      400,
      `the policy was refused: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
