import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import type { PlannedCommand } from '../../../policy/evaluate.js';
import type { CommandEnd, runCommandInput } from '../../../protocol/tools.js';
import { type CommandResult, runCommand } from '../command.js';
import type { ToolAnswer, ToolRun } from '../context.js';
import { buildEnvironment } from '../environment.js';
import { confine } from '../files/confine.js';

/** Runs what the policy made of a command string; the string itself is never looked at again. */
export async function runPlanned(
  run: ToolRun,
  input: z.output<typeof runCommandInput>,
  command: PlannedCommand,
): Promise<ToolAnswer> {
  const { workspace, commandMs, outputBytes, tree } = run.context;
  const cwd = join(realpathSync(workspace), confine(workspace, input.cwd));
  if (!statSync(cwd).isDirectory()) return { ok: false, text: `${input.cwd} is not a directory` };
  const timeoutMs = command.timeoutMs ?? input.timeoutMs ?? commandMs;
  const result = await runCommand(
    tree,
    { argv: command.argv, env: buildEnvironment(command.env), cwd, timeoutMs, outputBytes },
    run.signal,
    (stream, text) => run.emit({ type: 'output', stream, text }),
  );
  return {
    ok: result.end.exitCode === 0 && result.end.reason === 'exited',
    text: describe(result, timeoutMs),
    end: result.end,
  };
}

function describe({ output, end }: CommandResult, timeoutMs: number): string {
  const note = noteFor(end, timeoutMs);
  if (note === '') return output === '' ? '(no output)' : output;
  return `${output}${output === '' || output.endsWith('\n') ? '' : '\n'}[airlock: ${note}]`;
}

function noteFor(end: CommandEnd, timeoutMs: number): string {
  switch (end.reason) {
    case 'timeout':
      return `stopped after ${timeoutMs} ms`;
    case 'cancelled':
      return 'cancelled';
    case 'spawn-failed':
      return 'the program could not be started';
    case 'exited':
      if (end.signal !== null) return `killed by ${end.signal}`;
      return end.exitCode === 0 ? '' : `exit code ${end.exitCode}`;
  }
}
