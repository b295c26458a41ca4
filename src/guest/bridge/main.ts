import '../plain-zod.js';
import type { ClientHttp2Session } from 'node:http2';
import { createToken } from '../../base/ids.js';
import {
  type AgentExit,
  agentSpec,
  agentVariable,
  type BuiltinSpec,
  exitAnswer,
  type ProgramSpec,
} from '../../protocol/bridge.js';
import { ProcessTree } from '../process/process-tree.js';
import { isSoleOwnerOfUid } from '../process/sole-owner.js';
import { collectFacts } from '../self-test/collect-facts.js';
import { StdioDuplex } from '../stdio.js';
import { runProgram } from './agent-process.js';
import { fillSpec } from './fill-spec.js';
import { connectHost, openAgentStdio, postJson } from './host-link.js';
import { listenLocally } from './local-server.js';

// Between the agent and the host: starts the one agent the host names and carries its calls.
async function main(): Promise<void> {
  // While the image is made.
  if (process.argv.includes('--compile')) return (await import('./warm-up.js')).warmUp();
  const agent = agentSpec.parse(JSON.parse(process.env[agentVariable] ?? ''));
  // A contained agent shares its uid with the tool proxy.
  const tree = new ProcessTree(isSoleOwnerOfUid() && !(agent.kind === 'program' && agent.contained));
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
  if (agent.kind === 'builtin') await postJson(host, '/agent/exit', await runBuiltin(host, agent, token));
  else {
    await reportSelfTest(host);
    await keepRunning(host, await prepare(host, agent, token), tree);
  }
  process.exit(0);
}

/** Rejects when the host finds that the sandbox does not hold what it must. */
async function reportSelfTest(host: ClientHttp2Session): Promise<void> {
  await postJson(host, '/self-test', await collectFacts());
}

/** Starts the agent again for as long as the host wants that. */
async function keepRunning(
  host: ClientHttp2Session,
  spec: ProgramSpec & { readonly home: string },
  tree: ProcessTree,
): Promise<void> {
  for (let restart = true; restart; ) {
    const exit = await runProgram(host, spec, tree.begin());
    ({ restart } = exitAnswer.parse(await postJson(host, '/agent/exit', exit)));
  }
}

async function prepare(host: ClientHttp2Session, agent: ProgramSpec, token: string) {
  const home = process.env.HOME ?? '/home/agent';
  return { ...fillSpec(agent, token, await listenLocally(host, token), home), home };
}

async function runBuiltin(host: ClientHttp2Session, agent: BuiltinSpec, token: string): Promise<AgentExit> {
  const stdio = openAgentStdio(host);
  // Node discards a client stream's body that nobody reads yet; a paused one it keeps.
  stdio.pause();
  // Loading the agent blocks everything else; the host's first request is under way meanwhile.
  await new Promise((resolve) => setImmediate(resolve));
  const { serveAgent } = await import('../agent/serve-agent.js');
  // It is prompted when the host has judged this; meanwhile it answers the host's first requests.
  const tested = reportSelfTest(host);
  let port: Promise<number> | undefined;
  const listenOnce = () => {
    port ??= listenLocally(host, token);
    return port;
  };
  const served = serveAgent({ ...agent, token, port: listenOnce }, stdio);
  await Promise.all([served, tested]);
  return { exitCode: 0, signal: null };
}

main().catch((error: unknown) => {
  process.stderr.write(`bridge: ${error instanceof Error ? error.message : String(error)}\n`, () =>
    process.exit(1),
  );
});
