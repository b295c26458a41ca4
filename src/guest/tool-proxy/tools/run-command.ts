import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import type { PlannedCommand } from '../../../policy/evaluate.js';
import type { CommandEnd, runCommandInput } from '../../../protocol/tools.js';
import type { ToolAnswer, ToolRun } from '../context.js';
import { confine } from '../files/confine.js';
import { runScript, type ScriptResult } from '../shell/run-script.js';
import { StruckLimits } from '../struck-limits.js';

const struckLimits = new StruckLimits();

/** Runs what the policy made of a command string; the string itself is never looked at again. */
export async function runPlanned(
  run: ToolRun,
  input: z.output<typeof runCommandInput>,
  command: PlannedCommand,
): Promise<ToolAnswer> {
  const { workspace, commandMs } = run.context;
  const cwd = confine(workspace, input.cwd);
  if (!statSync(join(realpathSync(workspace), cwd)).isDirectory())
    return { ok: false, text: `${input.cwd} is not a directory` };
  const result = await runScript(
    run.context,
    command.script,
    { cwd, timeoutMs: command.timeoutMs ?? input.timeoutMs ?? commandMs, asked: command.asked },
    run.signal,
    (stream, text) => run.emit({ type: 'output', stream, text }),
  );
  if (result.denied !== undefined) {
    const { rule, reason } = result.denied;
    const text = `${endLine(result.output)}denied by policy (${rule}): ${reason}`;
    return { ok: false, text, denied: { rule, reason } };
  }
  return {
    ok: result.end.exitCode === 0 && result.end.reason === 'exited',
    text: describe(result, result.end.exitCode === 0 ? [] : struckLimits.take()),
    end: result.end,
  };
}

function describe({ output, end, timeoutMs }: ScriptResult, struck: readonly string[]): string {
  const note = [noteFor(end, timeoutMs), ...struck].filter((part) => part !== '').join('; ');
  if (note === '') return output === '' ? '(no output)' : output;
  return `${endLine(output)}[airlock: ${note}]`;
}

function endLine(output: string): string {
  return output === '' || output.endsWith('\n') ? output : `${output}\n`;
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
