import type { Command, Pipeline } from '../../../policy/shell/ast.js';
import { type Handle, PipeHandle, type Stdio } from './handle.js';
import { runCommand, runWhole } from './run-command.js';
import { type Flow, forgive, forkShell, heedFailure, next, runToEnd, type Shell } from './shell.js';

/** A single command runs in this shell; the parts of a longer pipeline run at once, each in its own subshell. */
export async function runPipeline(shell: Shell, { commands, negated }: Pipeline): Promise<Flow> {
  const [only] = commands;
  const inner = negated && shell.state.options.errexit ? forgive(shell) : shell;
  const flow =
    commands.length === 1 && only !== undefined
      ? await runCommand(inner, only)
      : await runParts(inner, commands);
  if (flow.kind === 'exit') return flow;
  if (negated) {
    shell.state.status = shell.state.status === 0 ? 1 : 0;
    return flow;
  }
  const failed = commands.length > 1 || only === undefined || isOwn(only) ? heedFailure(shell) : next;
  return failed.kind === 'exit' ? failed : flow;
}

/** Of another command, `set -e` concerns only what is in it. */
function isOwn(command: Command): boolean {
  return (
    command.kind === 'simple' || command.kind === 'test' || (command.kind === 'group' && command.subshell)
  );
}

interface Part {
  readonly shell: Shell;
  readonly command: Command;
  /** Its ends of the pipes. */
  readonly own: readonly Handle[];
}

async function runParts(shell: Shell, commands: readonly Command[]): Promise<Flow> {
  const parts = await joinParts(shell, commands);
  const ends = await Promise.allSettled(parts.map(runPart));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  const statuses = parts.map((part) => part.shell.state.status);
  const last = shell.state.options.pipefail ? statuses.findLast((status) => status !== 0) : statuses.at(-1);
  shell.state.status = last ?? 0;
  return next;
}

async function runPart({ shell, command, own }: Part): Promise<void> {
  const release = () => {
    for (const handle of own) handle.close();
  };
  try {
    // A program alone holds its ends itself: whether it closes them early is up to it.
    await runToEnd(shell, () => runWhole(shell, command, release));
  } catch (error) {
    // Of the other parts nothing more is wanted.
    shell.run.stop({ kind: 'failed', error });
    throw error;
  } finally {
    release();
  }
}

/** What bash's subshells of a pipeline are like: it differs with what stands in them. */
function forkPart(shell: Shell, stdio: Stdio, command: Command, last: boolean): Shell {
  const inner = forkShell(shell, stdio);
  if (command.kind !== 'simple') inner.state.loops = 0;
  else if (!last) inner.state.quiet = true;
  return inner;
}

async function joinParts(shell: Shell, commands: readonly Command[]): Promise<readonly Part[]> {
  const { run, stdio } = shell;
  const check = () => run.check();
  const parts: Part[] = [];
  let stdin: Handle | undefined;
  try {
    for (const [index, command] of commands.entries()) {
      const ends = index === commands.length - 1 ? undefined : await run.makePipe();
      const stdout = ends && new PipeHandle(ends.write, 'write', check);
      const joined: Stdio = [stdin ?? stdio[0], stdout ?? stdio[1], stdio[2]];
      const own = [stdin, stdout].filter((handle) => handle !== undefined);
      parts.push({ shell: forkPart(shell, joined, command, ends === undefined), command, own });
      stdin = ends && new PipeHandle(ends.read, 'read', check);
    }
    return parts;
  } catch (error) {
    for (const handle of [stdin, ...parts.flatMap(({ own }) => own)]) handle?.close();
    throw error;
  }
}
