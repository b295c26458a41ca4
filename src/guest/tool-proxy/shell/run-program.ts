import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { findProgram } from '../find-program.js';
import { describeSystemError } from './resolve-path.js';
import type { Shell } from './shell.js';
import { programEnvironment } from './variables.js';

/** A program as the policy planned it. */
export interface Program {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number | undefined;
}

/** Runs one program to its end. */
export async function runProgram(shell: Shell, program: Program, onStart?: () => void): Promise<ProgramEnd> {
  const { run, stdio, state } = shell;
  const [name = '', ...args] = program.argv;
  const { root } = run.parts;
  const cwd = state.directory.physical === '' ? root : `${root}/${state.directory.physical}`;
  const found = findProgram(name, cwd);
  if (found.kind === 'missing') return { started: false, status: found.status, reason: found.reason };
  const descriptors = await Promise.all(stdio.map((handle) => handle.descriptor()));
  run.countStart();
  let child: ChildProcess;
  try {
    child = spawn(found.file, args, {
      argv0: name,
      cwd,
      env: programEnvironment(shell, program.env),
      stdio: descriptors,
      // A session of its own: one signal reaches all of it.
      detached: true,
    });
  } catch (error) {
    return describeFailure(error);
  }
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    return describeFailure(error);
  }
  onStart?.();
  return watch(shell, child, child.pid, program.timeoutMs);
}

/** Its status is as bash counts it. */
export type ProgramEnd =
  | {
      readonly started: true;
      readonly status: number;
      /** What killed it. */
      readonly signal?: string;
      /** What a shell says of a program that a signal killed; of most signals it says something. */
      readonly death?: string | undefined;
    }
  /** There is no such program, or it cannot be run. */
  | { readonly started: false; readonly status: number; readonly reason: string };

const deaths: ReadonlyMap<string, string> = new Map([
  ['SIGABRT', 'Aborted'],
  ['SIGALRM', 'Alarm clock'],
  ['SIGBUS', 'Bus error'],
  ['SIGFPE', 'Floating point exception'],
  ['SIGHUP', 'Hangup'],
  ['SIGILL', 'Illegal instruction'],
  ['SIGKILL', 'Killed'],
  ['SIGQUIT', 'Quit'],
  ['SIGSEGV', 'Segmentation fault'],
  ['SIGSYS', 'Bad system call'],
  ['SIGTERM', 'Terminated'],
  ['SIGTRAP', 'Trace/breakpoint trap'],
  ['SIGXCPU', 'CPU time limit exceeded'],
  ['SIGXFSZ', 'File size limit exceeded'],
]);

async function watch(
  { run, stdio }: Shell,
  child: ChildProcess,
  pid: number,
  timeoutMs: number | undefined,
): Promise<ProgramEnd> {
  const leader = run.parts.processes.adopt(pid);
  const ms = timeoutMs;
  const timer = ms === undefined ? undefined : setTimeout(() => run.stop({ kind: 'timeout', ms }), ms);
  const [code, signal]: unknown[] = await once(child, 'exit');
  leader.exited();
  run.lastSignal = typeof signal === 'string' ? signal : null;
  clearTimeout(timer);
  for (const handle of stdio) handle.drain();
  run.check();
  if (typeof code === 'number') return { started: true, status: code };
  const name = String(signal);
  return { started: true, status: 128 + numberOf(name), signal: name, death: deaths.get(name) };
}

function numberOf(signal: string): number {
  const found = Object.entries(constants.signals).find(([name]) => name === signal);
  return found?.[1] ?? 0;
}

function describeFailure(error: unknown): ProgramEnd {
  const reason = describeSystemError(error);
  // A fork that fails is not the program's fault; bash gives it a status of its own.
  const status = reason === 'Resource temporarily unavailable' ? 254 : 126;
  // The file is there, so what is missing is the interpreter that it names.
  return { started: false, status, reason };
}
