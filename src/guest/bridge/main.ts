import type { ClientHttp2Stream } from 'node:http2';
import { createToken } from '../../base/ids.js';
import { type AgentExit, helloReply } from '../../protocol/bridge.js';
import { protocolVersion } from '../../protocol/road.js';
import type { AgentConfig } from '../agent/config.js';
import { ProcessTree } from '../process/process-tree.js';
import { isSoleOwnerOfUid } from '../process/sole-owner.js';
import { StdioDuplex } from '../stdio.js';
import { runProgram } from './agent-process.js';
import { fillSpec } from './fill-spec.js';
import { connectHost, openStream, postJson } from './host-link.js';
import { listenLocally } from './local-server.js';

// Between the agent and the host: starts the one agent the host names and carries its calls.
async function main(): Promise<void> {
  // While the image is made: everything is loaded once, for Node's compile cache.
  if (process.argv.includes('--compile')) return void (await import('../agent/serve-agent.js'));
  const tree = new ProcessTree(isSoleOwnerOfUid());
  // The last act however this program ends.
  process.once('exit', () => tree.killAllNow());
  const road = new StdioDuplex();
  const leave = () => process.exit(1);
  road.once('end', leave);
  road.once('close', leave);
  const host = connectHost(road);
  host.once('error', leave);
  host.once('close', leave);
  const token = createToken();
  const port = await listenLocally(host, token);
  const hello = { version: protocolVersion, uid: process.getuid?.() ?? -1, port };
  const reply = postJson(host, '/hello', hello);
  // Loaded while the host answers; it is the agent nearly always.
  const builtin = import('../agent/serve-agent.js');
  const { agent } = helloReply.parse(await reply);
  const exit =
    agent.kind === 'builtin'
      ? await runBuiltin(await builtin, openStream(host, '/agent/stdio'), { ...agent, token, port })
      : await runProgram(host, fillSpec(agent, token, port), tree.begin());
  await postJson(host, '/agent/exit', exit);
  process.exit(0);
}

async function runBuiltin(
  { serveAgent }: typeof import('../agent/serve-agent.js'),
  stdio: ClientHttp2Stream,
  config: AgentConfig,
): Promise<AgentExit> {
  await serveAgent(config, stdio);
  return { exitCode: 0, signal: null };
}

main().catch((error: unknown) => {
  process.stderr.write(`bridge: ${error instanceof Error ? error.message : String(error)}\n`, () =>
    process.exit(1),
  );
});
