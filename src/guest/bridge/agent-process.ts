import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AgentExit, ProgramSpec } from '../../protocol/bridge.js';
import type { CallProcesses } from '../process/process-tree.js';
import { openAgentStdio, openStream, postJson } from './host-link.js';
import { makeHome } from './make-home.js';
import { watchProcesses } from './watch-processes.js';

const FLUSH_MS = 2_000;
const PATH = '/usr/local/bin:/usr/bin:/bin';

/** Runs the agent with its stdio on the road until it ends; nothing it started is left then. */
export async function runProgram(
  host: ClientHttp2Session,
  spec: ProgramSpec & { readonly home: string },
  processes: CallProcesses,
): Promise<AgentExit> {
  const { home } = spec;
  await makeHome(home, spec);
  // What a contained agent could read before is not what it is meant to see.
  if (spec.contained) await postJson(host, '/agent/start', {});
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    // Programs are started from what the agent unpacks for itself, which /tmp does not allow.
    env: { PATH, LANG: 'C.UTF-8', HOME: home, TMPDIR: join(home, 'tmp'), ...spec.env, ...processes.env },
    stdio: 'pipe',
    detached: true,
  });
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    throw error;
  }
  processes.adopt(child.pid);
  const stopWatching = spec.contained ? watchProcesses(openStream(host, '/agent/processes')) : undefined;
  const drained = connectStdio(host, child);
  const [exitCode, signal]: unknown[] = await once(child, 'exit');
  stopWatching?.();
  await processes.end();
  // The last output goes before the news of the end, unless the host no longer reads.
  await Promise.race([drained, delay(FLUSH_MS, undefined, { ref: false })]);
  return {
    exitCode: typeof exitCode === 'number' ? exitCode : null,
    signal: typeof signal === 'string' ? signal : null,
  };
}

async function connectStdio(host: ClientHttp2Session, child: ChildProcess): Promise<void> {
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('the agent has no stdio');
  const acp = openAgentStdio(host);
  const log = openStream(host, '/agent/stderr');
  // A stream that breaks closes; the agent notices by the end of its stdin.
  for (const stream of [acp, log]) stream.on('error', () => stream.destroy());
  acp.once('close', () => stdin.end());
  // EPIPE: the agent no longer reads.
  stdin.on('error', () => undefined);
  acp.pipe(stdin);
  stdout.pipe(acp);
  stderr.pipe(log);
  log.resume();
  await Promise.all([finished(acp), finished(log)]);
}

function finished(stream: ClientHttp2Stream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('finish', resolve);
    stream.once('close', resolve);
  });
}
