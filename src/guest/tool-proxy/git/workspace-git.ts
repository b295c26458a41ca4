import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { gitEnvironment } from '../../../policy/tools/git/environment.js';
import type { CallProcesses, ProcessTree } from '../../process/process-tree.js';
import { buildEnvironment } from '../environment.js';
import { RouteError } from '../exchange.js';
import { findProgram } from '../find-program.js';
import { guardRepository } from './guard-repository.js';

const MAX_OUTPUT = 1_048_576;
const SHORT_MS = 20_000;

/** How one run of git ended. */
export interface GitEnd {
  readonly code: number | null;
  readonly output: string;
}

export interface StartedGit {
  readonly stdout: Readable;
  readonly ended: Promise<GitEnd>;
}

/** git in the workspace's own repository, for the host's questions: guarded as it is for a tool. */
export interface WorkspaceGit {
  /** Runs it to its end; what it prints is bounded. */
  read(args: readonly string[], input?: string): Promise<GitEnd>;
  /** Starts it; its output is the caller's to read, and `ended` has its complaints. */
  start(args: readonly string[], timeoutMs: number): StartedGit;
}

/** Lets `work` use git, and leaves none of its processes behind; undefined where there is no repository. */
export async function withWorkspaceGit<T>(
  { workspace, tree }: { readonly workspace: string; readonly tree: ProcessTree },
  signal: AbortSignal,
  work: (git: WorkspaceGit) => Promise<T>,
): Promise<T | undefined> {
  const processes = tree.beginOwn();
  const stop = () => void processes.end();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const call = { root: workspace, cwd: '', env: gitEnvironment, use: 'read' as const };
    const guarded = await guardRepository(processes, call);
    if (guarded.kind === 'denied') throw new RouteError(409, guarded.decision.reason);
    if (guarded.env.GIT_DIR === undefined) return undefined;
    return await work(openGit(workspace, guarded.env, processes, signal));
  } finally {
    signal.removeEventListener('abort', stop);
    await processes.end();
  }
}

function openGit(
  cwd: string,
  guarded: Readonly<Record<string, string>>,
  processes: CallProcesses,
  signal: AbortSignal,
): WorkspaceGit {
  const found = findProgram('git', cwd);
  if (found.kind === 'missing') throw new RouteError(409, 'the sandbox has no git');
  const env = { ...buildEnvironment(guarded), ...processes.env };
  const launch = (args: readonly string[], timeoutMs: number) => {
    signal.throwIfAborted();
    const child = spawn(found.file, args, { argv0: 'git', cwd, env, stdio: 'pipe', detached: true });
    // git may end before it has read all.
    child.stdin.on('error', () => undefined);
    const complaint = collect(child.stderr);
    const ended = watch(child, processes, timeoutMs).then((code) => ({ code, output: complaint() }));
    // Whoever waits for it sees the failure; a reader of its output may have given up.
    ended.catch(() => undefined);
    return { child, ended };
  };
  return {
    async read(args, input = '') {
      const { child, ended } = launch(args, SHORT_MS);
      const output = collect(child.stdout);
      child.stdin.end(input);
      const { code } = await ended;
      return { code, output: output() };
    },
    start(args, timeoutMs) {
      const { child, ended } = launch(args, timeoutMs);
      child.stdin.end();
      return { stdout: child.stdout, ended };
    },
  };
}

async function watch(
  child: ChildProcess,
  processes: CallProcesses,
  timeoutMs: number,
): Promise<number | null> {
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    throw new RouteError(500, `git did not start: ${error instanceof Error ? error.message : String(error)}`);
  }
  const leader = processes.adopt(child.pid);
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const [code]: unknown[] = await once(child, 'close');
  clearTimeout(timer);
  leader.exited();
  return typeof code === 'number' ? code : null;
}

/** The first part of a stream; the rest is read away, so that git does not wait. */
function collect(stream: Readable): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes < MAX_OUTPUT) chunks.push(chunk);
    bytes += chunk.length;
  });
  return () => Buffer.concat(chunks).toString().slice(0, MAX_OUTPUT);
}
