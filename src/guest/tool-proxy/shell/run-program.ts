import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { findProgram } from '../find-program.js';
import { describeSystemError } from './resolve-path.js';
import { complain, type Shell } from './shell.js';
import { programEnvironment } from './variables.js';

/** A program as the policy planned it. */
export interface Program {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number | undefined;
}

/** Runs one program to its end and gives its status, as bash counts it. */
export async function runProgram(shell: Shell, program: Program, onStart?: () => void): Promise<ProgramEnd> {
  const { run, stdio, state } = shell;
  const [name = '', ...args] = program.argv;
  const { root } = run.parts;
  const cwd = state.directory.physical === '' ? root : `${root}/${state.directory.physical}`;
  const found = findProgram(name, cwd);
  if (found.kind === 'missing') return fail(shell, name, found.status, found.reason);
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
    return failStart(shell, name, error);
  }
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    return failStart(shell, name, error);
  }
  onStart?.();
  const status = await watch(shell, child, child.pid, program.timeoutMs);
  return { status, death: status > 128 ? deaths.get(run.lastSignal ?? '') : undefined };
}

export interface ProgramEnd {
  readonly status: number;
  /** What a shell says of a program that a signal killed; of most signals it says something. */
  readonly death?: string | undefined;
}

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
): Promise<number> {
  const leader = run.parts.processes.adopt(pid);
  const ms = timeoutMs;
  const timer = ms === undefined ? undefined : setTimeout(() => run.stop({ kind: 'timeout', ms }), ms);
  const [code, signal]: unknown[] = await once(child, 'exit');
  leader.exited();
  run.lastSignal = typeof signal === 'string' ? signal : null;
  clearTimeout(timer);
  for (const handle of stdio) handle.drain();
  run.check();
  return typeof code === 'number' ? code : 128 + numberOf(signal);
}

function numberOf(signal: unknown): number {
  const found = Object.entries(constants.signals).find(([name]) => name === signal);
  return found?.[1] ?? 0;
}

async function failStart(shell: Shell, name: string, error: unknown): Promise<ProgramEnd> {
  const reason = describeSystemError(error);
  // A fork that fails is not the program's fault; bash gives it a status of its own.
  if (reason === 'Resource temporarily unavailable') return fail(shell, name, 254, reason);
  // The file is there, so what is missing is the interpreter that it names.
  return fail(shell, name, 126, reason);
}

async function fail(shell: Shell, name: string, status: number, reason: string): Promise<ProgramEnd> {
  await complain(shell, `${name}: ${reason}`);
  return { status };
}
