import { openSync, realpathSync } from 'node:fs';
import type { WorkspacePath } from '../../../base/workspace-path.js';
import type { Decision } from '../../../policy/decision.js';
import { planProgram } from '../../../policy/plan-program.js';
import type { Script } from '../../../policy/shell/ast.js';
import type { CommandEnd } from '../../../protocol/tools.js';
import { OutputCap } from '../../process/output-cap.js';
import { type CommandResult, type CommandSpec, runCommand } from '../command.js';
import type { Context } from '../context.js';
import { buildEnvironment } from '../environment.js';
import { type GuardedCall, guardRepository } from '../git/guard-repository.js';
import { OutputCollector, type OutputSink } from '../output-collector.js';
import { FileHandle } from './handle.js';
import { literalWords } from './literal-words.js';
import { OutputPort } from './output-port.js';
import { runStatements } from './run-statements.js';
import { ScriptRun, type Stop, StoppedError } from './script-run.js';
import { runToEnd, type Shell } from './shell.js';
import { openState } from './state.js';

/** A process left behind that still holds the output is not waited for longer. */
const PIPE_GRACE_MS = 500;

export interface ScriptOptions {
  /** Canonical, below the workspace root. */
  readonly cwd: WorkspacePath;
  /** Of the whole script. */
  readonly timeoutMs: number;
  /** The user was asked about this script and has agreed. */
  readonly asked: boolean;
}

export interface ScriptResult extends CommandResult {
  /** The time-out that ended it, or that would have. */
  readonly timeoutMs: number;
  /** The policy's word on a program that the script was about to start; nothing ran after it. */
  readonly denied?: Decision;
}

/**
 * Runs a parsed script without any shell, as bash would; the exit code is the last status. When this settles,
 * nothing that it started is left. Rejects only when the sandbox itself fails.
 */
export async function runScript(
  context: Context,
  script: Script,
  options: ScriptOptions,
  signal: AbortSignal,
  sink: OutputSink,
): Promise<ScriptResult> {
  const words = literalWords(script);
  return words === undefined
    ? interpret(context, script, options, signal, sink)
    : runAlone(context, words, options, signal, sink);
}

/** One program and nothing around it: all that a shell would do is to start it. */
async function runAlone(
  { policy: loadPolicy, workspace, outputBytes, tree }: Context,
  words: readonly string[],
  { cwd, timeoutMs }: ScriptOptions,
  signal: AbortSignal,
  sink: OutputSink,
): Promise<ScriptResult> {
  const plan = planProgram(await loadPolicy(), { argv: words, assignments: {}, cwd });
  if (plan.argv === undefined || plan.decision.decision === 'deny') return denied(plan.decision, timeoutMs);
  const ms = Math.min(timeoutMs, plan.timeoutMs ?? timeoutMs);
  const root = realpathSync(workspace);
  const env = plan.env ?? {};
  const use = plan.repository;
  const spec = {
    argv: plan.argv,
    env: buildEnvironment(env),
    cwd: join(root, cwd),
    timeoutMs: ms,
    outputBytes: Math.min(outputBytes, plan.outputBytes ?? outputBytes),
    ...(use === undefined ? {} : { prepare: guardWith({ root, cwd, env, use }) }),
  };
  try {
    return { ...(await runCommand(tree, spec, signal, sink)), timeoutMs: ms };
  } catch (error) {
    if (error instanceof DeniedError) return denied(error.decision, timeoutMs);
    throw error;
  }
}

/** Carries the denial of a program that was about to start. */
class DeniedError extends Error {
  readonly decision: Decision;

  constructor(decision: Decision) {
    super(decision.reason);
    this.name = 'DeniedError';
    this.decision = decision;
  }
}

function guardWith(call: GuardedCall): NonNullable<CommandSpec['prepare']> {
  return async (processes) => {
    const guarded = await guardRepository(processes, call);
    if (guarded.kind === 'denied') throw new DeniedError(guarded.decision);
    return buildEnvironment(guarded.env);
  };
}

function denied(decision: Decision, timeoutMs: number): ScriptResult {
  const end: CommandEnd = { exitCode: null, signal: null, reason: 'exited', durationMs: 0, cutBytes: 0 };
  return { output: '', end, timeoutMs, denied: decision };
}

async function interpret(
  context: Context,
  script: Script,
  options: ScriptOptions,
  signal: AbortSignal,
  sink: OutputSink,
): Promise<ScriptResult> {
  const startedAt = performance.now();
  const { workspace, outputBytes, tree, pipes } = context;
  const policy = await context.policy();
  const root = realpathSync(workspace);
  const processes = tree.begin();
  const environment = buildEnvironment();
  const run = new ScriptRun({
    policy,
    root,
    processes,
    pipes,
    environment,
    outputBytes,
    asked: options.asked,
  });
  const cap = new OutputCap(outputBytes);
  const collector = new OutputCollector(cap, sink, outputBytes);
  const cancel = () => run.stop({ kind: 'cancelled' });
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const timer = setTimeout(() => run.stop({ kind: 'timeout', ms: options.timeoutMs }), options.timeoutMs);
  try {
    const status = await execute(run, script, join(root, options.cwd), options.cwd, collector);
    const end = describeEnd(run, status);
    const note = noteFor(run.stopped);
    if (note !== '') collector.note(note);
    const { text, cutBytes } = cap.finish();
    return {
      output: text,
      end: { ...end, cutBytes, durationMs: performance.now() - startedAt },
      timeoutMs: run.stopped?.kind === 'timeout' ? run.stopped.ms : options.timeoutMs,
      ...(run.stopped?.kind === 'denied' ? { denied: run.stopped.decision } : {}),
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    run.dispose();
    await processes.end();
  }
}

/** The last status; its output is complete and its processes are gone. */
async function execute(
  run: ScriptRun,
  script: Script,
  directory: string,
  cwd: WorkspacePath,
  collector: OutputCollector,
): Promise<number> {
  const makePipe = () => run.makePipe();
  const stdin = new FileHandle(openSync('/dev/null', 'r'));
  const stdout = new OutputPort(makePipe, collector.open('stdout'));
  const stderr = new OutputPort(makePipe, collector.open('stderr'));
  const state = openState(run.parts.environment, { logical: directory, physical: cwd });
  try {
    const shell: Shell = { run, state, stdio: [stdin, stdout, stderr] };
    await runToEnd(shell, () => runStatements(shell, script));
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    if (run.stopped?.kind === 'failed') throw run.stopped.error;
  } finally {
    stdin.close();
    await run.parts.processes.end();
    await Promise.all([stdout.finish(PIPE_GRACE_MS), stderr.finish(PIPE_GRACE_MS)]);
    collector.finish();
  }
  return state.status;
}

function describeEnd(run: ScriptRun, status: number): Pick<CommandEnd, 'exitCode' | 'signal' | 'reason'> {
  switch (run.stopped?.kind) {
    case undefined:
      return { exitCode: status, signal: null, reason: 'exited' };
    case 'timeout':
    case 'cancelled':
      return { exitCode: null, signal: run.lastSignal, reason: run.stopped.kind };
    default:
      return { exitCode: 1, signal: null, reason: 'exited' };
  }
}

function noteFor(stop: Stop | undefined): string {
  return stop?.kind === 'limit' ? `\n[airlock: the script was stopped: ${stop.what}]\n` : '';
}

function join(root: string, path: WorkspacePath): string {
  return path === '' ? root : `${root}/${path}`;
}
