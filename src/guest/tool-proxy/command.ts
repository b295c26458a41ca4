import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandEnd } from '../../protocol/tools.js';
import { OutputCap } from '../process/output-cap.js';
import type { CallProcesses, Leader, ProcessTree } from '../process/process-tree.js';
import { findProgram } from './find-program.js';
import { OutputCollector, type OutputSink } from './output-collector.js';

const TERM_GRACE_MS = 200;
const PIPE_GRACE_MS = 500;

export interface CommandSpec {
  /** Program and arguments, as they are: no shell reads them. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute directory. */
  readonly cwd: string;
  readonly timeoutMs: number;
  /** Bound on the output kept, bytes. */
  readonly outputBytes: number;
  /** Further work before the start, for the last word on the environment; what it throws ends the call. */
  readonly prepare?: (processes: CallProcesses) => Promise<Readonly<Record<string, string>>>;
}

export interface CommandResult {
  /** Standard output and error in the order they came, the middle cut. */
  readonly output: string;
  readonly end: CommandEnd;
}

type Ending = Pick<CommandEnd, 'exitCode' | 'signal' | 'reason'>;

/** Runs one program to its end; when this settles, nothing it started is left. Never rejects for what the program does. */
export async function runCommand(
  tree: ProcessTree,
  spec: CommandSpec,
  signal: AbortSignal,
  sink: OutputSink,
): Promise<CommandResult> {
  const startedAt = performance.now();
  const cap = new OutputCap(spec.outputBytes);
  const processes = tree.begin();
  try {
    const ending = await execute(processes, spec, signal, new OutputCollector(cap, sink, spec.outputBytes));
    const { text, cutBytes } = cap.finish();
    return { output: text, end: { ...ending, cutBytes, durationMs: performance.now() - startedAt } };
  } finally {
    await processes.end();
  }
}

async function execute(
  processes: CallProcesses,
  spec: CommandSpec,
  signal: AbortSignal,
  collector: OutputCollector,
): Promise<Ending> {
  const [name = '', ...args] = spec.argv;
  const found = findProgram(name, spec.cwd);
  if (signal.aborted) return { exitCode: null, signal: null, reason: 'cancelled' };
  if (found.kind === 'missing') return failSpawn(collector, `${name}: ${found.reason}`);
  const env = spec.prepare === undefined ? spec.env : await spec.prepare(processes);
  if (signal.aborted) return { exitCode: null, signal: null, reason: 'cancelled' };
  let child: ChildProcess;
  try {
    child = spawn(found.file, args, {
      argv0: name,
      cwd: spec.cwd,
      env: { ...env, ...processes.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A session of its own: one signal reaches all of it.
      detached: true,
    });
  } catch (error) {
    return failSpawn(collector, `${name}: ${describe(error)}`);
  }
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    return failSpawn(collector, `${name}: ${describe(error)}`);
  }
  return watch(child, processes.adopt(child.pid), processes, spec.timeoutMs, signal, collector);
}

async function watch(
  child: ChildProcess,
  leader: Leader,
  processes: CallProcesses,
  timeoutMs: number,
  signal: AbortSignal,
  collector: OutputCollector,
): Promise<Ending> {
  let reason: CommandEnd['reason'] = 'exited';
  const timers: NodeJS.Timeout[] = [];
  const cancel = () => {
    reason = 'cancelled';
    void processes.end();
  };
  const expire = () => {
    if (reason !== 'exited') return;
    reason = 'timeout';
    processes.terminate();
    timers.push(setTimeout(() => void processes.end(), TERM_GRACE_MS));
  };
  timers.push(setTimeout(expire, timeoutMs));
  signal.addEventListener('abort', cancel, { once: true });
  const closed = once(child, 'close');
  collector.read(child.stdout, 'stdout');
  collector.read(child.stderr, 'stderr');
  try {
    const [exitCode, exitSignal]: unknown[] = await once(child, 'exit');
    leader.exited();
    await processes.end();
    // Normally at once; a process that hid its descent may still hold the pipes.
    await Promise.race([closed, delay(PIPE_GRACE_MS, undefined, { ref: false })]);
    return {
      exitCode: typeof exitCode === 'number' ? exitCode : null,
      signal: typeof exitSignal === 'string' ? exitSignal : null,
      reason,
    };
  } finally {
    signal.removeEventListener('abort', cancel);
    for (const timer of timers) clearTimeout(timer);
    child.stdout?.destroy();
    child.stderr?.destroy();
    collector.finish();
  }
}

function failSpawn(collector: OutputCollector, why: string): Ending {
  collector.note(why);
  return { exitCode: null, signal: null, reason: 'spawn-failed' };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
